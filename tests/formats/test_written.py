"""The words of a file: texts of three kinds are read, all else is refused without a crash."""

import io
import zipfile

import docx
import pytest

from consult.documents import Document, Heading, Paragraph, odt
from consult.domain import files
from consult.domain.errors import RuleBroken
from consult.formats import written

TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
SAID = "=1+1 <script>alert(1)</script> file:///etc/passwd שלום"


def word():
    file, out = docx.Document(), io.BytesIO()
    file.add_heading("Le soir")
    file.add_paragraph(SAID).add_run("\tUne tabulation\nune ligne")
    file.save(out)
    return out.getvalue()


def packed(kind, part, content):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", files.TYPES[kind])
        archive.writestr(part, content)
    return out.getvalue()


def test_a_text_is_read_in_each_of_its_forms():
    assert written.words("\ufeffÉté".encode(), "a.txt") == "Été"
    assert written.words("Été".encode("cp1252"), "a.txt") == "Été"
    assert written.words(word(), "a.docx") == f"Le soir\n\n{SAID} Une tabulation\nune ligne"
    content = odt.write(Document("Titre", "fr", [Heading("Le soir"), Paragraph(SAID)]))
    assert written.words(content, "a.odt").split("\n\n") == ["Titre", "Le soir", SAID]
    marked = f'<a xmlns:t="{TEXT}"><t:p>Un<t:s/>deux<t:line-break/><t:x>trois</t:x>.</t:p></a>'
    assert written.words(packed("odt", "content.xml", marked), "a.odt") == "Un deux\ntrois."


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.4\n%%EOF",
        packed("odt", "content.xml", "<a"),
        packed("odt", "content.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        packed("odt", "other.xml", "<a/>"),
        packed(
            "odt", "content.xml", f"<p xmlns='{TEXT}'>" + "<a>" * 9_000 + "</a>" * 9_000 + "</p>"
        ),
        packed("ods", "content.xml", "<a/>"),
    ],
)
def test_what_holds_no_text_is_refused(content):
    with pytest.raises(RuleBroken, match="file-wordless"):
        written.words(content, "a.odt")


def test_a_file_cut_or_changed_on_its_way_is_refused():
    whole = word()
    place = zipfile.ZipFile(io.BytesIO(whole)).getinfo("word/document.xml").header_offset
    for at in range(place + 50, place + 120, 7):
        broken = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
        with pytest.raises(RuleBroken, match="file-(wordless|kind)"):
            written.words(broken, "a.docx")


def test_what_would_unpack_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(written, "MOST_BYTES", 10)
    with pytest.raises(RuleBroken, match="file-wordless"):
        written.words(word(), "a.docx")
    with pytest.raises(RuleBroken, match="file-kind"):
        written.words(b"<html>", "a.txt")
