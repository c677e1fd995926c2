"""What an office suite makes of our files, hostile ones too: it opens them, and says nothing."""

import os
import shutil
import subprocess

import pytest

from consult import synthesis_documents as forms
from consult.formats import exporters
from consult.formats.records import Answer, Consultation, Question, Theme
from tests.syntheses import HOSTILE, hostile, usual

OFFICE = shutil.which("soffice")
OUTCOMES = {"odt": "pdf", "docx": "pdf", "ods": "csv", "xlsx": "csv"}
RECORDS = [
    Consultation(key="c", title=HOSTILE),
    Theme(key="t", number=1, label="I", title=HOSTILE),
    Question(key="q", theme_key="t", number=1, wording=HOSTILE),
    *(
        Answer(key=f"a{number}", question_keys=("q",), body=body, title=HOSTILE, place=body)
        for number, body in enumerate(("=1+1", "@SUM(A1)", HOSTILE, "م" * 500, "x" * 20_000))
    ),
]


def files(folder):
    """Our files of each kind, of usual and of hostile text."""
    for kind in ("odt", "docx"):
        for name, whole in (("usual", usual()), ("hostile", hostile())):
            content = forms.written(whole, kind, base_url="https://consult.example")
            (folder / f"{name}.{kind}").write_bytes(content)
    for kind in ("ods", "xlsx"):
        content = b"".join(exporters()[kind].chunks(iter(RECORDS)))
        (folder / f"tables.{kind}").write_bytes(content)


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_each_file_without_a_word(tmp_path):
    files(tmp_path)
    alone = {**os.environ, "HOME": str(tmp_path / "home")}
    for kind, target in OUTCOMES.items():
        held = sorted(tmp_path.glob(f"*.{kind}"))
        ran = subprocess.run(
            [OFFICE, "--headless", "--convert-to", target, "--outdir", tmp_path, *held],
            env=alone,
            capture_output=True,
            text=True,
            timeout=240,
            check=True,
        )
        said = [line for line in ran.stderr.splitlines() if line and "javaldx" not in line]
        assert not said, said
        for file in held:
            made = file.with_suffix(f".{target}")
            assert made.stat().st_size > 200, file.name
            made.unlink()
