"""A document as an OpenDocument text, that an office suite opens, changes and prints."""

from collections.abc import Callable
from itertools import count
from typing import Any
from xml.sax.saxutils import quoteattr

from . import _odt_styles as styles
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

NAME = "odt"
MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
EXTENSION = "odt"
_DEEPEST = 5
_WIDEST, _HIGHEST = 16.0, 14.0  # centimetres of the page that a picture may take


def is_ready() -> bool:
    """Tell that this kind needs nothing more than the program."""
    return True


def write(document: Document) -> bytes:
    """Return the text document."""
    numbers = count(1)
    blocks = [
        _heading(block, next(numbers))
        if isinstance(block, Heading)
        else _WRITERS[type(block)](block, document)
        for block in document.blocks
    ]
    content = (
        f"{_open.XML}<office:document-content {_open.SPACES}>{styles.AUTOMATIC}<office:body>"
        f"<office:text>{_p(document.title, styles.TITLE)}{''.join(blocks)}"
        "</office:text></office:body></office:document-content>"
    )
    return _open.package(MEDIA_TYPE, document, content, styles.part(document.locale))


def _p(text: str, style: str) -> str:
    return f'<text:p text:style-name="{style}">{_line(text)}</text:p>'


def _line(text: str) -> str:
    return _open.line(_text.line(text))


def _lines(text: str, style: str) -> str:
    """Return the lines of a text, each in a paragraph, with the spaces that it holds."""
    return _open.paragraphs(_text.plain(text), style)


def _level(heading: Heading) -> int:
    """Return the level of a heading under the title, which is none."""
    return min(max(heading.level - 1, 1), _DEEPEST)


def _heading(block: Heading, rank: int) -> str:
    level = _level(block)
    return (
        f'<text:h text:style-name="{styles.heading(level)}" text:outline-level="{level}">'
        f'<text:bookmark text:name="s{rank}"/>{_line(block.text)}</text:h>'
    )


def _paragraph(block: Paragraph, _document: Document) -> str:
    return "".join(_lines(one, styles.BODY) for one in _text.lines(block.text))


def _fact(block: Fact, document: Document) -> str:
    label, words = _text.labelled(block.label, block.text, document.locale)
    first, *rest = _text.lines(words) or [""]
    begun = f'<text:span text:style-name="label">{_open.line(label)}</text:span>{_line(first)}'
    style = styles.BODY if words else styles.WITH_NEXT
    return f'<text:p text:style-name="{style}">{begun}</text:p>' + "".join(
        _lines(one, styles.BODY) for one in rest
    )


def _listing(block: Listing, _document: Document) -> str:
    items = (f"<text:list-item>{_p(one, styles.LIST)}</text:list-item>" for one in block.items)
    return f'<text:list text:style-name="bullets">{"".join(items)}</text:list>'


def _link(block: Link, _document: Document) -> str:
    return f'<text:p text:style-name="{styles.BODY}">{_anchor(block)}</text:p>'


def _anchor(link: Link) -> str:
    words, target = _line(link.text), _text.address(link.address)
    if not target:
        return " ".join((words, _line(link.address))).strip()
    return (
        f'<text:a xlink:type="simple" xlink:href={quoteattr(target)}>'
        f"{words or _line(target)}</text:a>"
    )


def _quote(block: Quote, _document: Document) -> str:
    parts = [_line(block.by)] if block.by else []
    parts += [_anchor(block.link)] if block.link else []
    source = f'<text:p text:style-name="{styles.BODY}">— {" · ".join(parts)}</text:p>'
    said = "".join(_lines(one, styles.QUOTE) for one in _text.lines(block.text))
    return said + (source if parts else "")


def _contents(block: Contents, document: Document) -> str:
    """Return the table of contents, which an office suite brings up to date when asked."""
    levels = range(1, _DEEPEST + 1)
    templates = "".join(
        f'<text:table-of-content-entry-template text:outline-level="{level}" '
        f'text:style-name="{styles.contents(level)}"><text:index-entry-link-start/>'
        "<text:index-entry-text/><text:index-entry-link-end/>"
        "</text:table-of-content-entry-template>"
        for level in levels
    )
    title = f'<text:index-title-template text:style-name="{styles.CONTENTS_HEAD}">'
    lines = "".join(
        f'<text:p text:style-name="{styles.contents(_level(one))}"><text:a xlink:type="simple" '
        f'xlink:href="#s{rank}">{_line(one.text)}</text:a></text:p>'
        for rank, one in enumerate(document.headings, 1)
    )
    return (
        '<text:table-of-content text:style-name="contents" text:protected="false" '
        'text:name="contents">'
        f'<text:table-of-content-source text:outline-level="{_DEEPEST}">{title}'
        f"{_line(block.title)}</text:index-title-template>{templates}"
        "</text:table-of-content-source>"
        f'<text:index-body><text:index-title text:name="contents_head">'
        f"{_p(block.title, styles.CONTENTS_HEAD)}</text:index-title>{lines}</text:index-body>"
        "</text:table-of-content>"
    )


def _table(table: Table, document: Document) -> str:
    place = next(at for at, block in enumerate(document.blocks, 1) if block is table)
    head = "".join(_cell(text, styles.CELL_HEAD) for text in table.header)
    rows = "".join(
        "<table:table-row>"
        + "".join(
            _cell(
                _open.said(table, at, value, document.locale),
                styles.NUMBER if isinstance(value, int) else styles.CELL,
            )
            for at, value in enumerate(row)
        )
        + "</table:table-row>"
        for row in table.rows
    )
    return (
        f"{_p(table.caption, styles.CAPTION)}"
        f'<table:table table:name="table{place}">'
        f'<table:table-column table:number-columns-repeated="{len(table.header)}"/>'
        f"<table:table-header-rows><table:table-row>{head}</table:table-row>"
        f"</table:table-header-rows>{rows}</table:table>{_p('', styles.CELL)}"
    )


def _illustration(block: Illustration, document: Document) -> str:
    said = _p(block.said, styles.CAPTION) if block.said else ""
    if not block.content:
        return _p(block.alternative, styles.BODY) + said
    place = next(at for at, one in enumerate(document.blocks, 1) if one is block)
    width, height = block.within(_WIDEST, _HIGHEST)
    return (
        f'<text:p text:style-name="{styles.WITH_NEXT if said else styles.BODY}">'
        f'<draw:frame draw:name="picture{place}" text:anchor-type="as-char" '
        f'svg:width="{width}cm" svg:height="{height}cm">'
        f'<draw:image xlink:href="{_open.picture(block)}" xlink:type="simple" '
        'xlink:show="embed" xlink:actuate="onLoad"/>'
        f"<svg:title>{_line(block.alternative)}</svg:title></draw:frame></text:p>{said}"
    )


def _cell(text: str, style: str) -> str:
    return (
        '<table:table-cell table:style-name="cell" office:value-type="string">'
        f"{_lines(text, style)}</table:table-cell>"
    )


_WRITERS: dict[type, Callable[[Any, Document], str]] = {
    Paragraph: _paragraph,
    Fact: _fact,
    Listing: _listing,
    Link: _link,
    Quote: _quote,
    Contents: _contents,
    Table: _table,
    Illustration: _illustration,
}
