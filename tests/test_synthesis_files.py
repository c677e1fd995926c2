"""The files of a version: made once, kept under the digest of its content, swept after it."""

from types import SimpleNamespace

import pytest

from consult import synthesis_files as files
from consult.documents import pdf
from consult.domain.syntheses.composed import canonical, digest
from consult.synthesis_documents import FORMS
from tests.syntheses import usual

HERE = "https://consult.example"


@pytest.fixture
def version():
    content = canonical(usual())
    return SimpleNamespace(number=2, content=content, digest=digest(content))


def test_files_are_kept_once_and_sent_as_they_were(tmp_path, version, monkeypatch):
    assert [one.size for one in files.offered(tmp_path, "carnet", version)] == [None] * 6
    assert files.keep(tmp_path, version, base_url=HERE) == 6
    assert files.keep(tmp_path, version, base_url=HERE) == 0
    kept = files.path(tmp_path, version.digest, FORMS["odt"])
    kept.write_bytes(b"as it was")
    assert files.content(tmp_path, version, FORMS["odt"], base_url=HERE) == b"as it was"
    said = files.offered(tmp_path, "carnet", version)
    assert said[1].path == "/syntheses/carnet.odt?version=2" and said[1].size == 9
    assert all(one.size for one in said)
    monkeypatch.setattr(pdf, "is_ready", lambda: False)
    assert [one.path.split(".")[1] for one in files.offered(tmp_path, "carnet", version)] == [
        "odt?version=2", "docx?version=2", "html?version=2", "md?version=2", "json?version=2",
    ]  # fmt: skip


def test_what_is_not_kept_is_made_and_json_is_the_content(tmp_path, version):
    made = files.content(tmp_path, version, FORMS["json"], base_url=HERE)
    assert made.decode() == version.content
    text = files.content(tmp_path, version, FORMS["markdown"], base_url=HERE).decode()
    assert version.digest in text
    assert not list(tmp_path.rglob("*.*"))


def test_files_of_versions_that_are_no_more_are_swept(tmp_path, version):
    files.keep(tmp_path, version, base_url=HERE)
    left = tmp_path / files.FOLDER / ".partial-x.pdf.1"
    left.write_bytes(b"")
    assert files.sweep(tmp_path, [version.digest]) == 1 and not left.exists()
    assert files.sweep(tmp_path, []) == 6
    assert files.sweep(tmp_path / "none", []) == 0
