"""What the worker fails to do, kept in the data folder for `consult doctor` as long as it lasts."""

import json
from collections.abc import Mapping
from pathlib import Path

NAME = "job-faults.json"


def keep(folder: Path, found: Mapping[str, int]) -> None:
    """Write how often in a row each thing failed, when it changed; no file when nothing fails."""
    file = folder / NAME
    if not found:
        file.unlink(missing_ok=True)
    elif read(folder) != found:
        whole = file.with_suffix(".new")
        whole.write_text(json.dumps(found))
        whole.replace(file)


def read(folder: Path) -> dict[str, int]:
    """Return how often in a row each thing failed; a file that cannot be read says nothing."""
    try:
        found = json.loads((folder / NAME).read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
