"""Printed papers: each kind holds every block, amounts exact, nothing that runs."""

import zipfile
from io import BytesIO
from xml.etree import ElementTree

import outloud
import pytest
from PIL import Image

from consult.documents import (
    KINDS,
    Contents,
    Document,
    Fact,
    Heading,
    Illustration,
    Link,
    Listing,
    Paragraph,
    Quote,
    Table,
    _tall,
    offered,
    pdf,
)

SAID = "=1+1 <b>&\"'\x00\ud800 fin"
PAPER = Document(
    "Annexe [1]: 'été'",
    "fr",
    [
        Paragraph("Première ligne\nSeconde  ligne"),
        Heading("Un titre"),
        Table(SAID, ("Projet", "Reçu"), [("Café", 120_001), (SAID, 0), (3, 5)], frozenset({1})),
        Table(SAID, ("Seule",), []),
    ],
)


def content(kind):
    made = KINDS[kind].write(PAPER)
    with zipfile.ZipFile(BytesIO(made)) as archive:
        assert archive.namelist()[0] == "mimetype"
        assert archive.read("mimetype").decode() == KINDS[kind].MEDIA_TYPE
        meta = archive.read("meta.xml").decode()
        assert "<dc:language>fr</dc:language>" in meta and "Annexe [1]" in meta
        for name in archive.namelist()[1:]:
            ElementTree.fromstring(archive.read(name))
        return archive.read("content.xml").decode()


@pytest.mark.parametrize("kind", ["ods", "odt"])
def test_a_kind_holds_every_block_and_gives_the_same_bytes(kind):
    text = content(kind)
    for said in ("Première ligne", "Un titre", "Café", "Reçu", "Seule", "=1+1 &lt;b&gt;&amp;"):
        assert said in text
    assert "table:formula" not in text and "\x00" not in text
    assert KINDS[kind].write(PAPER) == KINDS[kind].write(PAPER)


def test_a_spreadsheet_holds_amounts_as_numbers_on_sheets_with_names_of_their_own():
    text = content("ods")
    assert 'office:value="1200.01"' in text and 'office:value="3"' in text
    names = [part.split('"')[0] for part in text.split('table:name="')[1:]]
    assert len(names) == len(set(names)) == 3 and names[0] == "Annexe 1 été"
    assert all(len(name.replace("&quot;", '"')) <= 40 for name in names)


def test_a_text_says_amounts_as_people_write_them():
    assert "1\u202f200,01\u00a0€" in content("odt")


def test_every_kind_is_named_and_made_here():
    assert offered("pdf", "odt") == ["pdf", "odt"]
    assert set(KINDS) == {"docx", "html", "markdown", "ods", "odt", "pdf"}
    for kind, module in KINDS.items():
        assert kind == module.NAME
        assert {"markdown": "md"}.get(kind, kind) == module.EXTENSION


def test_a_spreadsheet_says_what_is_no_table_on_its_first_sheet():
    words = [
        Contents("Sommaire"), Fact("Porteur", "La ville"), Listing(["un", "deux"]),
        Link("Plus", "https://a.example"), Quote("Bien dit", "Marie"), Quote("Sans nom"),
    ]  # fmt: skip
    with zipfile.ZipFile(BytesIO(KINDS["ods"].write(Document("T", "fr", words)))) as archive:
        root = ElementTree.fromstring(archive.read("content.xml"))
    said = ["".join(p.itertext()) for p in root.iter() if p.tag.endswith("}p")]
    assert said == [
        "T", "Porteur\u00a0: La ville", "un", "deux", "Plus https://a.example", "Bien dit",
        "— Marie", "Sans nom",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["docx", "html", "markdown", "odt", "pdf"])
def test_what_is_no_address_of_the_web_is_only_written(kind):
    paper = Document("T", "fr", [Link("Plus", "file:///etc/passwd"), Link("", "https://a.example")])
    made = KINDS[kind].write(paper)
    assert made and b'href="file:' not in made and b"(<file:" not in made


def test_a_pdf_is_accessible_and_gives_the_same_bytes(tmp_path):
    made = pdf.write(PAPER)
    assert made == pdf.write(PAPER)
    path = tmp_path / "paper.pdf"
    path.write_bytes(made)
    found = outloud.check(str(path))
    assert (found.error, found.errors, found.warnings) == (None, 0, 0), found.findings


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_picture_says_what_it_shows_with_or_without_its_bytes(kind):
    out = BytesIO()
    Image.new("RGB", (30, 60), "green").save(out, "JPEG")
    alone = Illustration(out.getvalue(), 30, 60, "Un banc.")
    lost = Illustration(b"", 30, 60, "Une lampe.", "Le soir", "Ada", "file:///etc/passwd")
    made = KINDS[kind].write(Document("T", "fr", [alone, lost]))
    assert made == KINDS[kind].write(Document("T", "fr", [alone, lost])) or kind == "pdf"
    assert b"file:" not in made
    assert alone.within(16, 14) == (7, 14) and lost.said == "Le soir – Ada"


def test_a_cell_taller_than_a_page_stands_whole_below_its_table(tmp_path):
    tall = "Un mot. " * 900
    rows = [(tall, "a"), ("court", "x" * 4_000), ("b", 3)]
    blocks = [Heading("Le partage"), Table("Tableau", ("Nom", "Texte"), rows)]
    pdf = KINDS["pdf"]
    path = tmp_path / "tall.pdf"
    path.write_bytes(pdf.write(Document("Titre", "fr", blocks)))
    found = outloud.check(str(path))
    assert (found.error, found.errors) == (None, 0), found.findings
    flowing = _tall.flowing(Document("Titre", "fr", blocks)).blocks
    table, first, second = flowing[1:]
    assert table.rows[0][0].endswith("… [1]")
    assert len(table.rows[0][0]) <= _tall.MOST // 2 and table.rows[2] == ["b", 3]
    assert first.text == f"[1] {tall.strip()}" and second.text == "[2] " + "x" * 4_000
    short = Document("Titre", "fr", [Table("Tableau", ("Nom",), [("a",)])])
    assert _tall.flowing(short).blocks == list(short.blocks)
