"""What a Word file holds that python-docx has no word for: fields, links, marks, its language."""

import io
import zipfile
from typing import Any

from docx.document import Document as File
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from ..formats.zip_stream import Zip

RIGHT = WD_ALIGN_PARAGRAPH.RIGHT
_LANGUAGES = {"fr": "fr-FR", "en": "en-GB"}
_INK, _LINK = RGBColor(0x1B, 0x24, 0x23), RGBColor(0x0B, 0x4F, 0x78)


def prepare(file: File, title: str, locale: str) -> None:
    """Give a file its title, its language, its page, and styles that print in black."""
    facts = file.core_properties
    facts.title, facts.language = title[:255], _LANGUAGES.get(locale, locale)
    facts.author = facts.comments = ""
    for dated in facts._element.xpath("dcterms:created | dcterms:modified"):
        dated.getparent().remove(dated)
    for language in file.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), _LANGUAGES.get(locale, locale))
    page = file.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    foot = page.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field(foot, "PAGE", "1")
    styles: Any = file.styles
    styles["Normal"].font.name, styles["Normal"].font.size = "Arial", Pt(10.5)
    styles["Quote"].paragraph_format.left_indent = Cm(0.8)
    styles["Quote"].paragraph_format.right_indent = Cm(0.8)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "Heading 5"):
        styles[name].font.color.rgb = _INK
        styles[name].paragraph_format.space_after = Pt(6)
    styles["Caption"].font.color.rgb = _INK
    styles["Normal"].paragraph_format.space_after = Pt(7)


def field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """Add a field, and what it shows until a word processor works it out again."""
    begin_field(paragraph, instruction)
    paragraph.add_run(shown)
    end_field(paragraph)


def begin_field(paragraph: Paragraph, instruction: str) -> None:
    """Begin a field: what is written until its end is what it shows."""
    _mark(paragraph, "begin")
    said = OxmlElement("w:instrText")
    said.set(qn("xml:space"), "preserve")
    said.text = f" {instruction} "
    paragraph.add_run()._r.append(said)
    _mark(paragraph, "separate")


def end_field(paragraph: Paragraph) -> None:
    """End a field."""
    _mark(paragraph, "end")


def _mark(paragraph: Paragraph, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Mark a paragraph, for the links that lead to it."""
    for tag, place in (("w:bookmarkStart", 0), ("w:bookmarkEnd", None)):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), str(number))
        if place is None:
            paragraph._p.append(mark)
        else:
            mark.set(qn("w:name"), name)
            paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, mark)


def link(paragraph: Paragraph, words: str, *, address: str = "", anchor: str = "") -> None:
    """Add words that lead to an address of the web, or to a mark of the file."""
    made = OxmlElement("w:hyperlink")
    if address:
        key = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        made.set(qn("r:id"), key)
    else:
        made.set(qn("w:anchor"), anchor)
    run = paragraph.add_run(words)
    if address:
        run.font.underline, run.font.color.rgb = True, _LINK
    made.append(run._r)
    paragraph._p.append(made)


def repeat_on_each_page(row: Any) -> None:
    """Say that a row is the header of its table."""
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(header)


def packed(file: File) -> bytes:
    """Return the bytes of a file: the same ones each time, whatever the hour."""
    made, out = io.BytesIO(), Zip()
    file.save(made)
    with zipfile.ZipFile(made) as parts:
        found = [block for name in parts.namelist() for block in out.add(name, [parts.read(name)])]
    return b"".join([*found, out.end()])
