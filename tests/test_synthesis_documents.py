"""A synthesis in its six forms: the same bytes each time, everything in it, nothing that acts."""

import io
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import docx
import html5lib
import outloud
import pymupdf
import pytest
from markdown_it import MarkdownIt

from consult import documents
from consult import synthesis_documents as forms
from consult.documents import Link, pdf
from consult.domain.errors import RuleBroken
from consult.domain.syntheses.composed import (
    Composed,
    Followed,
    Given,
    Quote,
    canonical,
    digest,
    read,
)
from tests.syntheses import hostile, usual

HERE = "https://consult.example"
SAID = ("Carnet de l'été", "Les lieux", "ouvert le soir", "Marie D., Nancy", "La Métropole", "184",
        "Un avant-propos.", "Jeanne Martin", "En lisant.", "Reprises", "Ahmed K.", "Mot : sens",
        "Des mentions", "a" * 64, digest(canonical(usual())))  # fmt: skip


def made(kind, composed=None):
    return forms.written(composed or usual(), kind, base_url=HERE)


def parts(content):
    """The XML parts of an office file, each well formed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        return {name: ElementTree.fromstring(archive.read(name)) for name in names}


def page(content):
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(content)
    assert not parser.errors
    return root


def words(root):
    return " ".join("".join(root.itertext()).split())


def test_every_form_is_offered_here():
    assert [form.kind for form in forms.ready()] == list(forms.NAMES)
    assert set(forms.EXTENSIONS) == {"pdf", "odt", "docx", "html", "md", "json"}


@pytest.mark.parametrize("kind", ["html", "odt", "docx", "markdown", "json"])
@pytest.mark.parametrize("compose", [usual, hostile])
def test_the_same_version_gives_the_same_bytes(kind, compose):
    assert made(kind, compose()) == made(kind, compose())


@pytest.mark.parametrize("kind", ["html", "odt", "docx", "markdown"])
def test_a_form_holds_all_that_is_said(kind):
    content = made(kind)
    text = {
        "html": lambda: words(page(content)),
        "markdown": lambda: content.decode().replace("\\", ""),
        "odt": lambda: words(parts(content)["content.xml"]),
        "docx": lambda: words(parts(content)["word/document.xml"]),
    }[kind]()
    for said in SAID:
        assert said in text, said
    assert "Territoire" not in text


def test_words_already_said_are_not_said_twice():
    words_of = "Les horaires ne conviennent pas."
    quotes = (Quote(words_of, "", "Nancy", "/answers/abc"), Quote(words_of, "Marie D."))
    part = replace(usual().parts[1], quotes=quotes)
    blocks = forms.document(replace(usual(), parts=(part,)), base_url=HERE).blocks
    assert Link("Nancy – Lire tout le texte", f"{HERE}/answers/abc") in blocks
    assert [one.by for one in blocks if isinstance(one, documents.Quote)] == ["Marie D."]


def test_json_is_the_content_itself():
    assert read(made("json").decode()) == usual()
    assert made("json").decode() == canonical(usual())
    made("json", hostile()).decode()


def test_the_page_stands_alone_and_leads_to_what_it_quotes():
    content = made("html").decode()
    root = page(content)
    assert root.get("lang") == "fr" and len(list(root.iter("h1"))) == 1
    links = [a.get("href") for a in root.iter("a")]
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    assert all(link[1:] in ids for link in links if link.startswith("#"))
    assert [link for link in links if link[0] != "#"] == [
        f"{HERE}/answers/abc", "https://example.org/plus", f"{HERE}/syntheses/carnet",
    ]  # fmt: skip
    (image,) = root.iter("img")
    assert "Grand Est, avec 184 sur 186" in image.get("alt")
    assert image.get("src").startswith("data:image/svg+xml;base64,")
    assert "default-src &#39;none&#39;" in content and "<script" not in content
    assert [h.tag for h in root.iter() if h.tag in ("h2", "h3")][:6] == [
        "h2", "h2", "h2", "h2", "h3", "h3",
    ]  # fmt: skip


def test_hostile_text_is_only_text_in_the_page():
    root = page(made("html", hostile()))
    assert not {element.tag for element in root.iter()} & {"script", "iframe", "form", "object"}
    assert all(image.get("src").startswith("data:") for image in root.iter("img"))
    assert all(a.get("href").startswith(("#", f"{HERE}/")) for a in root.iter("a"))
    inline = [name for e in root.iter() for name in e.attrib if name.startswith("on")]
    assert not inline and "<script>alert(1)</script>" in words(root)
    assert not re.search("[\x00\ud800-\udfff\ufffe\u202a-\u202e]", words(root))


def test_markdown_never_takes_what_was_typed_for_its_own():
    for compose in (usual, hostile):
        tokens = (
            MarkdownIt("commonmark", {"html": True})
            .enable("table")
            .parse(made("markdown", compose()).decode())
        )
        inside = [child for token in tokens for child in token.children or ()]
        kinds = {one.type for one in [*tokens, *inside]}
        assert not kinds & {"html_block", "html_inline", "image", "code_block", "fence", "em_open",
                            "code_inline", "hr"}  # fmt: skip
        links = [one.attrs["href"] for one in inside if one.type == "link_open"]
        assert all(link.startswith(("https://consult.example/", "https://example.org/"))
                   for link in links)  # fmt: skip
        assert "table_open" in kinds
        assert (
            "<script>alert(1)</script>" in "".join(one.content for one in inside)
            or compose is usual
        )


def test_word_opens_it_with_styles_and_contents():
    file = docx.Document(io.BytesIO(made("docx")))
    styled = [(p.style.name, p.text) for p in file.paragraphs if p.style.name.startswith("Head")]
    assert ("Heading 1", "1. Les lieux") in styled and (
        "Heading 2",
        "1.2 Défi – Ouvrir le soir",
    ) in styled
    assert file.paragraphs[0].style.name == "Title" and file.core_properties.language == "fr-FR"
    assert file.core_properties.author == "" and file.core_properties.title == "Carnet de l'été"
    xml = file.element.xml
    assert 'TOC \\o "1-5"' in xml and 'w:anchor="s1"' in xml and 'w:name="s1"' in xml
    assert [len(table.rows) for table in file.tables] == [4, 3] and "w:tblHeader" in xml


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_an_office_file_of_hostile_text_leads_nowhere_else(kind):
    files = parts(made(kind, hostile()))
    said = [
        value
        for root in files.values()
        for element in root.iter()
        for name, value in element.attrib.items()
        if name.endswith(("}href", "Target")) and ":" in value
    ]
    assert said and all(value.startswith(f"{HERE}/") for value in said)


def test_odt_has_the_styles_and_the_contents_of_an_office_suite():
    files = parts(made("odt"))
    text = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
    found = [
        (h.get(f"{text}style-name"), "".join(h.itertext()))
        for h in files["content.xml"].iter(f"{text}h")
    ]
    assert ("Heading_20_1", "1. Les lieux") in found
    assert ("Heading_20_2", "1.2 Défi – Ouvrir le soir") in found
    marks = {b.get(f"{text}name") for b in files["content.xml"].iter(f"{text}bookmark")}
    (contents,) = files["content.xml"].iter(f"{text}table-of-content")
    links = [a.get("{http://www.w3.org/1999/xlink}href") for a in contents.iter(f"{text}a")]
    assert len(links) == len(found) and {link[1:] for link in links} == marks
    named = {
        s.get("{urn:oasis:names:tc:opendocument:xmlns:style:1.0}name")
        for s in files["styles.xml"].iter("{urn:oasis:names:tc:opendocument:xmlns:style:1.0}style")
    }
    assert {"Heading_20_1", "Contents_20_2", "Quotations", "Title"} <= named


@pytest.mark.parametrize("compose", [usual, hostile])
def test_the_pdf_is_accessible_has_bookmarks_and_reads_nothing(tmp_path, compose):
    content = made("pdf", compose())
    assert compose is hostile or content == made("pdf")
    path = tmp_path / "synthesis.pdf"
    path.write_bytes(content)
    found = outloud.check(str(path))
    assert (found.error, found.errors) == (None, 0), found.findings
    with pymupdf.open(path) as file:
        marks = [title for _level, title, _page in file.get_toc()]
    assert len(marks) == 1 + len(forms.document(compose(), base_url=HERE).headings)
    with pytest.raises(ValueError, match="file:///etc/passwd"):
        pdf.fetcher()("file:///etc/passwd")


def test_a_draft_says_so_and_a_synthesis_over_nothing_is_a_document():
    bare = Composed("x", "Rien", "en", "", "", "", 0)
    text = made("markdown", bare).decode()
    assert "**Draft, not published**" in text and "SHA" not in text
    for kind in forms.FORMS:
        assert made(kind, bare)
    assert forms._Words(bare, HERE)["contents"] == "Contents" and len(forms._Words(bare, HERE)) > 9
    assert "period" in list(forms._Words(bare, HERE))


def test_the_headings_are_those_that_the_synthesis_holds():
    own = made("markdown", usual(labels={"contents": "Table des sujets"})).decode()
    assert "**Table des sujets**" in own and "## Avant-propos" in own


def test_a_kind_that_cannot_be_made_is_refused(monkeypatch):
    monkeypatch.setattr(pdf, "is_ready", lambda: False)
    with pytest.raises(RuleBroken, match="document-kind-lacking"):
        made("pdf")
    assert "pdf" not in [form.kind for form in forms.ready()]


def test_what_became_of_things_and_of_the_last_edition_is_in_each_form(tmp_path):
    outcomes = (
        Given("kept", "Retenue", "Dès mars.", "L'arrêté", "https://exemple.fr", "3 mai", part="f"),
        Given(
            "not_kept", "Pas retenue", "Trop cher.", "Le budget", day="4 mai",
            title="Le bus", path="/proposals/abc", statement="abc",
        ),
    )  # fmt: skip
    follow_up = (
        Followed("perspective", "Ouvrir tard", "/syntheses/a#b-1", "no_news", "Pas de nouvelles"),
        Followed(
            "open_question", "Les clés", "/syntheses/a#b-2", "done", "Fait", "À la mairie.",
            "/rooms/metz", "5 mai",
        ),
    )  # fmt: skip
    facts = {"outcomes": outcomes, "follow_up": follow_up, "followed": ("Avant", "/syntheses/a")}
    whole = usual(**facts)
    assert read(canonical(whole)) == whole
    text = made("markdown", whole).decode()
    said = ("Retenue (3 mai)", "Dès mars.", "L'arrêté", "Pas retenue (4 mai)", "Le budget", "Avant",
            "Pas de nouvelles", "Fait (5 mai)", "À la mairie.")  # fmt: skip
    for words in said:
        assert words in text.replace("\\", "").replace("\xa0", " "), words
    assert text.index("Dès mars.") < text.rindex("Ouvrir le soir")
    for kind in ("odt", "docx", "html", "pdf"):
        content = made(kind, whole)
        assert content and content == made(kind, whole)
    path = tmp_path / "outcomes.pdf"
    path.write_bytes(content)
    found = outloud.check(str(path))
    assert (found.error, found.errors) == (None, 0), found.findings
