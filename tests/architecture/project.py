"""Where the project's files are, as the architecture tests read them."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "consult" / "templates"
CODE = ("consult", "tests", "bench")


def files(pattern: str, *folders: str) -> list[Path]:
    """Return the files of ours under some folders; what others wrote is left out."""
    found = (path for folder in folders for path in (ROOT / folder).rglob(pattern))
    return sorted(path for path in found if "vendor" not in path.parts)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def kept_files() -> list[Path]:
    """Return every file that is, or is about to be, in the repository."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    paths = (ROOT / part.decode() for part in listed.split(b"\0") if part)
    return sorted(path for path in paths if path.is_file() and "vendor" not in path.parts)


def text_of(path: Path) -> str | None:
    """Return a file's text, or None when it holds something else."""
    raw = path.read_bytes()
    if b"\0" in raw[:8000]:
        return None
    return raw.decode("utf-8", errors="replace")


def html_alone(source: str) -> str:
    """Return a template's HTML, macros included: an expression becomes X, a tag nothing."""
    source = re.sub(r"\{#.*?#\}", "", source, flags=re.DOTALL)
    source = re.sub(r"\{%.*?%\}", " ", source, flags=re.DOTALL)
    return re.sub(r"\{\{.*?\}\}", "X", source, flags=re.DOTALL)


def without_jinja(source: str) -> str:
    """Return what a template writes where it stands: neither its macros nor what it stores."""
    for block in (r"macro\b", r"set\b(?![^%]*=)"):
        end = r"\{%-?\s*end" + block[:3] + r"\w*\s*-?%\}"
        source = re.sub(r"\{%-?\s*" + block + ".*?" + end, "", source, flags=re.DOTALL)
    return html_alone(source)
