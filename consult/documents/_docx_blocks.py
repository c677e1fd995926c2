"""The blocks of a document in a Word file, each with the styles that word processors know."""

from collections.abc import Callable
from io import BytesIO
from itertools import count
from typing import Any

import docx
from docx.shared import Cm, Pt

from . import _docx_parts as parts
from . import _open, _text
from ._blocks import (
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
)

_DEEPEST = 5
_WIDEST, _HIGHEST = 16.0, 14.0  # centimetres of the page that a picture may take


def written(document: Document) -> bytes:
    """Return the bytes of the file."""
    file = docx.Document()
    title = _text.line(document.title)
    parts.prepare(file, title, document.locale)
    file.add_paragraph(title, style="Title")
    ranks = count(1)
    for block in document.blocks:
        if isinstance(block, Heading):
            _heading(file, block, next(ranks))
        else:
            _WRITERS[type(block)](file, block, document)
    return parts.packed(file)


def _heading(file: Any, block: Heading, rank: int) -> None:
    made = file.add_heading(_text.line(block.text), level=_level(block))
    parts.bookmark(made, f"s{rank}", rank)


def _level(heading: Heading) -> int:
    """Return the level of a heading under the title, which is none."""
    return min(max(heading.level - 1, 1), _DEEPEST)


def _paragraph(file: Any, block: Paragraph, _document: Document) -> None:
    for one in _text.lines(block.text):
        file.add_paragraph(one)


def _fact(file: Any, block: Fact, document: Document) -> None:
    label, words = _text.labelled(block.label, block.text, document.locale)
    first, *rest = _text.lines(words) or [""]
    made = file.add_paragraph()
    made.add_run(label).bold = True
    made.add_run(first)
    made.paragraph_format.keep_with_next = not words
    for one in rest:
        file.add_paragraph(one)


def _listing(file: Any, block: Listing, _document: Document) -> None:
    for one in block.items:
        file.add_paragraph(_text.line(one), style="List Bullet")


def _link(file: Any, block: Link, _document: Document) -> None:
    _lead(file.add_paragraph(), block)


def _lead(paragraph: Any, link: Link) -> None:
    words, target = _text.line(link.text), _text.address(link.address)
    if target:
        parts.link(paragraph, words or target, address=target)
    else:
        paragraph.add_run(" ".join((words, _text.line(link.address))).strip())


def _quote(file: Any, block: Quote, _document: Document) -> None:
    for one in _text.lines(block.text):
        file.add_paragraph(one, style="Quote")
    if block.by or block.link:
        made = file.add_paragraph("— " + _text.line(block.by))
        if block.link:
            made.add_run(" · " if block.by else "")
            _lead(made, block.link)


def _contents(file: Any, block: Contents, document: Document) -> None:
    """Write the table of contents, which a word processor brings up to date when asked."""
    file.add_paragraph().add_run(_text.line(block.title)).bold = True
    made = file.add_paragraph()
    parts.begin_field(made, f'TOC \\o "1-{_DEEPEST}" \\n \\h \\z')
    for rank, one in enumerate(document.headings, 1):
        made = made if rank == 1 else file.add_paragraph()
        made.paragraph_format.left_indent = Cm(0.7 * (_level(one) - 1))
        made.paragraph_format.space_after = Pt(2)
        parts.link(made, _text.line(one.text), anchor=f"s{rank}")
    parts.end_field(made)


def _table(file: Any, table: Table, document: Document) -> None:
    file.add_paragraph(
        _text.line(table.caption), style="Caption"
    ).paragraph_format.keep_with_next = True
    made = file.add_table(rows=1, cols=max(len(table.header), 1), style="Table Grid")
    for cell, name in zip(made.rows[0].cells, table.header, strict=False):
        cell.paragraphs[0].add_run(_text.line(name)).bold = True
    parts.repeat_on_each_page(made.rows[0])
    for row in table.rows:
        cells = made.add_row().cells
        for at, (cell, value) in enumerate(zip(cells, row, strict=False)):
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
            cell.text = _text.plain(_open.said(table, at, value, document.locale))
            if isinstance(value, int):
                cell.paragraphs[0].alignment = parts.RIGHT
    file.add_paragraph()


def _illustration(file: Any, block: Illustration, _document: Document) -> None:
    alternative = _text.line(block.alternative)
    if block.content:
        width, _height = block.within(_WIDEST, _HIGHEST)
        shown = file.add_picture(BytesIO(block.content), width=Cm(width))
        shown._inline.docPr.set("descr", alternative)
        file.paragraphs[-1].paragraph_format.keep_with_next = bool(block.said)
    else:
        file.add_paragraph(alternative)
    if block.said:
        file.add_paragraph(_text.line(block.said), style="Caption")


_WRITERS: dict[type, Callable[[Any, Any, Document], None]] = {
    Paragraph: _paragraph,
    Fact: _fact,
    Listing: _listing,
    Link: _link,
    Quote: _quote,
    Contents: _contents,
    Table: _table,
    Illustration: _illustration,
}
