import zipfile
from io import BytesIO

import pytest

from consult.domain import files
from consult.domain.errors import RuleBroken

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01"
WORD = (
    b'<?xml version="1.0"?><Types><Override ContentType="application/vnd.openxmlformats-'
    b'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
SHEET = WORD.replace(b"wordprocessingml.document", b"spreadsheetml.sheet")
SLIDES = WORD.replace(b"wordprocessingml.document", b"presentationml.presentation")
MACRO = WORD.replace(
    b"vnd.openxmlformats-officedocument.wordprocessingml.document", b"ms-word.document.macroEnabled"
)


def packed(**parts):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


TYPES = "[Content_Types].xml"


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"%PDF-1.7 ... %%EOF\n", "a.pdf", "pdf"),
        (PNG, "a.gif", "png"),
        (b"\xff\xd8\xff\xe0 body \xff\xd9", "a", "jpeg"),
        ("un été".encode(), "a.txt", "txt"),
        ("nom;été".encode("cp1252"), "A.CSV", "csv"),
        (packed(**{TYPES: WORD}), "a.docx", "docx"),
        (packed(**{TYPES: SHEET}), "a.docx", "xlsx"),
        (packed(mimetype="application/vnd.oasis.opendocument.text"), "a.odt", "odt"),
        (packed(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "a", "ods"),
    ],
)
def test_a_file_is_known_by_its_bytes(content, name, kind):
    assert files.sniff(content, name) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"\xef\xbb\xbf  <!doctype html><p>",
        b"bonjour <html><script>",
        b"GIF89a/*",
        b"MZ\x90\x00",
        b"%PDF-1.7 cut in the middle",
        b"PK\x03\x04 not a zip",
        "bonjour".encode("utf-16"),
        b"un \xe9t\xe9 \x81",
        b"bonjour\x1b[2J",
        packed(**{TYPES: SLIDES}),
        packed(**{TYPES: MACRO}),
        packed(**{TYPES: WORD, "word__vbaProject.bin": b"x"}),
        packed(**{TYPES: WORD, "word__page.html": b"x"}),
        packed(mimetype="application/vnd.oasis.opendocument.text", Basic__script="x"),
        packed(mimetype="application/epub+zip"),
        packed(**{TYPES: WORD, "bomb": b"0" * 30_000_000}),
        packed(readme="hello"),
    ],
)
def test_what_is_not_a_plain_document_is_refused(content):
    with pytest.raises(RuleBroken, match="file-kind"):
        files.sniff(content, "document.pdf")


def test_nothing_and_too_much_are_refused():
    with pytest.raises(RuleBroken, match="file-missing"):
        files.sniff(b"", "a.pdf")
    with pytest.raises(RuleBroken) as refused:
        files.sniff(b"%PDF-" + b"0" * files.MOST_BYTES, "a.pdf")
    assert (refused.value.code, refused.value.status) == ("file-too-large", 413)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("Rapport été.PDF", "Rapport été.pdf"),
        ('"><img onerror=x>.pdf', "img onerrorx.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\x\\y.pdf", "y.pdf"),
        ("a\u202efdp.exe", "afdp.pdf"),
        ("a\x00b\r\nSet-Cookie: x.pdf", "abSet-Cookie x.pdf"),
        ("CON", "document CON.pdf"),
        ("", "document.pdf"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_a_file_name_is_made_safe(raw, kept):
    assert files.clean_name(raw, "pdf") == kept
