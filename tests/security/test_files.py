"""X3, X4: a file is a document or is refused, and its name is only a name."""

import io
import zipfile

import pytest
from sqlalchemy import select

from consult.models import Document
from tests.patience import no_hang
from tests.security import markup


def packed(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
FILES = {
    "image.svg": SVG,
    "image.png": SVG,
    "page.html": b"<!doctype html><script>alert(1)</script>",
    "page.txt": b"bonjour <script>alert(1)</script>",
    "page.xhtml": b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>",
    "bom.txt": b"\xef\xbb\xbf<html><script>1</script>",
    "polyglot.gif": b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)",
    "cut.pdf": b"%PDF-1.4 without an end",
    "program.pdf": b"MZ\x90\0" + b"\0" * 100,
    "script.sh": b"#!/bin/sh\nrm -rf /",
    "bomb.docx": packed(**{"[Content_Types].xml": b"0" * 60_000_000}),
    "macro.docm": packed(**{"[Content_Types].xml": b"macroEnabled", "word/vbaProject.bin": b"x"}),
    "archive.zip": packed(**{"a.txt": b"x"}),
    "nul.txt": b"a\0b",
    "utf16.csv": "=1+1;é".encode("utf-16"),
    "empty.pdf": b"",
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_not_a_document_is_refused(world, rows, name):
    agent, before = world.agents["organiser"], rows.scalars(select(Document.id)).all()
    with no_hang():
        answer = upload(agent, world, FILES[name], name)
    assert answer.status == 422
    rows.rollback()
    assert rows.scalars(select(Document.id)).all() == before


def upload(agent, world, content, name, **fields):
    url = f"/console{world.things['consultation_open'].path}/documents"
    data = {"csrf_token": agent.token, "title": "Un document", "file": (io.BytesIO(content), name)}
    return agent.open("POST", url, data=data | fields, content_type="multipart/form-data")


def test_a_file_too_large_is_refused(world):
    agent = world.agents["organiser"]
    head = 'Content-Disposition: form-data; name="{}"'
    token = f"--b\r\n{head.format('csrf_token')}\r\n\r\n{agent.token}\r\n"
    file = f"--b\r\n{head.format('file')}; filename=big.pdf\r\n\r\n%PDF-"
    body = (token + file).encode() + b"a" * 10_500_000 + b"\r\n--b--\r\n"
    url = f"/console{world.things['consultation_open'].path}/documents"
    kind = "multipart/form-data; boundary=b"
    assert agent.open("POST", url, data=body, content_type=kind).status == 413


NAMES = ['"><img src=x onerror=zzcible()>.pdf', "../../../etc/passwd", "a" * 300 + ".pdf", "CON",
         "\u202efdp.exe", "a\x00.pdf", "a\r\nSet-Cookie: a=b.pdf", "é à ’.pdf", ".htaccess", "",
         "a;b=\"c\".pdf", "x.php"]  # fmt: skip


def test_a_file_name_is_only_a_name(world, rows, folder):
    agent, found = world.agents["organiser"], []
    for name in NAMES:
        before = set(rows.scalars(select(Document.id)))
        rows.rollback()
        answer = upload(agent, world, b"%PDF-1.4\n%%EOF", name)
        if answer.status == 422:
            continue
        assert answer.status == 303, (name, answer.text[:300])
        (made,) = set(rows.scalars(select(Document.id))) - before
        rows.rollback()
        sent = world.agents["visitor"].get(f"/documents/{made}")
        disposition = sent.headers["Content-Disposition"]
        if not disposition.startswith("attachment") or "\n" in disposition or "/" in disposition:
            found.append((name, disposition))
        if sent.headers["X-Content-Type-Options"] != "nosniff" or "Set-Cookie" in disposition:
            found.append((name, "headers"))
        if "sandbox" not in sent.headers["Content-Security-Policy"]:
            found.append((name, "sandbox"))
        assert (folder / "documents" / made).is_file()
    assert not found
    page = agent.get(f"/console{world.things['consultation_open'].path}/documents")
    assert not markup.faults(page.text)
