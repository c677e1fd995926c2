"""Files joined to a consultation."""

import hashlib
from dataclasses import replace

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import Document
from consult.services import documents
from consult.services.stored_files import Upload

PDF = b"%PDF-1.7\n...\n%%EOF\n"


def add(session, consultation, folder, now, name="Rapport.pdf", content=PDF, title=""):
    made = documents.add(
        session,
        consultation,
        upload=Upload(name, content, title),
        data_dir=folder,
        actor="account:x",
        now=now,
    )
    session.commit()
    return made


def test_a_file_lies_under_a_random_name(session, make, tmp_path, now):
    made = add(session, make.consultation(), tmp_path, now, "../../../etc/Rapport été.html")
    assert (made.file_name, made.media_type, made.title) == (
        "Rapport été.pdf",
        "application/pdf",
        "Rapport été",
    )
    kept = documents.SHELF.path(tmp_path, made.id)
    assert kept.parent == tmp_path / "documents"
    assert kept.read_bytes() == PDF
    assert made.sha256 == hashlib.sha256(PDF).hexdigest()


@pytest.mark.parametrize("content", [b"", b"<svg><script>alert(1)</script></svg>", b"MZ\x90"])
def test_nothing_is_kept_of_a_refused_file(session, make, tmp_path, now, content):
    with pytest.raises(RuleBroken):
        add(session, make.consultation(), tmp_path, now, content=content)
    assert list(tmp_path.iterdir()) == []
    assert session.scalar(select(Document.id)) is None


def test_there_is_a_most(session, make, tmp_path, now, monkeypatch):
    monkeypatch.setattr(documents, "SHELF", replace(documents.SHELF, most=1))
    consultation = make.consultation()
    add(session, consultation, tmp_path, now)
    with pytest.raises(RuleBroken, match="documents-too-many"):
        add(session, consultation, tmp_path, now)


def test_a_document_goes(session, make, tmp_path, now):
    made = add(session, make.consultation(), tmp_path, now)
    documents.remove(session, made, actor="account:x", now=now)
    session.commit()
    assert session.scalar(select(Document.id)) is None
