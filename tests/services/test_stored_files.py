"""Files on a shelf: known by their bytes, counted, dropped once, their bytes swept."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import Document
from consult.services.documents import SHELF
from consult.services.stored_files import Upload


def test_what_a_file_is_comes_from_its_bytes():
    columns = Upload("../Plan été.exe", b"%PDF-1.7\n%%EOF", "").read()
    assert columns["file_name"] == "Plan été.pdf" and columns["title"] == "Plan été"
    assert (columns["media_type"], columns["size"]) == ("application/pdf", 14)
    assert Upload("a.txt", b"a", " Un  titre ").read()["title"] == "Un titre"
    with pytest.raises(RuleBroken, match="file-kind"):
        Upload("a.pdf", b"<html>").read()


def test_a_holder_has_so_many_and_each_goes_once(session, make, now):
    shelf, columns = replace(SHELF, most=1), Upload("a.txt", b"a").read()
    first, second = ({"consultation_id": make.consultation().id} for _ in range(2))
    made = shelf.join(session, columns, first, now=now)
    with pytest.raises(RuleBroken, match="documents-too-many"):
        shelf.join(session, columns, first, now=now)
    shelf.join(session, columns, second, now=now)
    shelf.drop(session, made)
    with pytest.raises(RuleBroken) as broken:
        shelf.drop(session, made)
    assert (broken.value.code, broken.value.status) == ("taken-away", 404)
    assert shelf.join(session, columns, first, now=now).consultation_id == first["consultation_id"]


def test_a_file_that_names_someone_is_called_otherwise(session, make):
    held = {"consultation_id": make.consultation().id}
    for name, title in (
        ("Awa_SÂRR-2026.pdf", "Bilan"),
        ("a.pdf", "Lettre de awa@exemple.fr"),
        ("sarrasin awa.pdf", "Blé"),
    ):
        make.joined(Document, file_name=name, title=title, **held)
    SHELF.unname(session, ["awa@exemple.fr", "Awa Sarr"])
    session.commit()
    kept = session.execute(select(Document.title, Document.file_name).order_by(Document.id)).all()
    bare = ("document.pdf", "document.pdf")
    assert sorted(map(tuple, kept)) == [("Blé", "sarrasin awa.pdf"), bare, bare]


def test_bytes_that_no_row_knows_are_swept(session, make, tmp_path):
    known = make.joined(Document, consultation_id=make.consultation().id)
    for name in (known.id, "gone"):
        SHELF.keep(tmp_path, name, b"a")
    later = datetime.now(UTC) + timedelta(hours=1)
    assert SHELF.sweep(session, tmp_path, before=later - timedelta(days=1)) == 0
    assert SHELF.sweep(session, tmp_path, before=later) == 1
    assert SHELF.path(tmp_path, known.id).read_bytes() == b"a"
    SHELF.forget(tmp_path, [known.id, "none"])
    assert not SHELF.path(tmp_path, known.id).exists()
