"""A document as an OpenDocument spreadsheet: one sheet a table, amounts as numbers in euros."""

from collections.abc import Sequence

from ..domain import money
from . import _open
from ._blocks import (
    Block,
    Contents,
    Document,
    Fact,
    Heading,
    Illustration,
    Link,
    Listing,
    Quote,
    Table,
)
from ._text import labelled

NAME = "ods"
MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
EXTENSION = "ods"
_NAME_LIMIT = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]*?:/\\'", " "))
_STYLES = (
    "<office:automatic-styles>"
    '<style:style style:name="wide" style:family="table-column">'
    '<style:table-column-properties style:column-width="5cm"/></style:style>'
    '<style:style style:name="head" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    "</office:automatic-styles>"
)


def is_ready() -> bool:
    """Tell that this kind needs nothing more than the program."""
    return True


def write(document: Document) -> bytes:
    """Return the spreadsheet: the texts on a first sheet, then a sheet for each table."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    texts = [
        (words, "head" if isinstance(block, Heading) else "")
        for block in document.blocks
        if (words := _words(block, document.locale))
    ]
    rows = [_row([document.title], "head")]
    rows += [_row([words], style) for words, style in texts]
    used: set[str] = set()
    sheets = [_sheet(_name(document.title, used), 1, rows)]
    for table in tables:
        cells = [_row(list(table.header), "head"), *(_cells(table, row) for row in table.rows)]
        sheets.append(_sheet(_name(table.caption, used), len(table.header), cells))
    content = (
        f"{_open.XML}<office:document-content {_open.SPACES}>{_STYLES}<office:body>"
        f"<office:spreadsheet>{''.join(sheets)}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    return _open.package(MEDIA_TYPE, document, content)


def _words(block: Block, locale: str) -> str:
    """Return what a block says beside the tables, which have sheets of their own."""
    if isinstance(block, Table | Contents):
        return ""
    if isinstance(block, Fact):
        return "".join(labelled(block.label, block.text, locale))
    if isinstance(block, Listing):
        return "\n".join(block.items)
    if isinstance(block, Link):
        return f"{block.text} {block.address}".strip()
    if isinstance(block, Illustration):
        return "\n".join(one for one in (block.alternative, block.said) if one)
    by = f"\n— {block.by}" if isinstance(block, Quote) and block.by else ""
    return block.text + by


def _name(text: str, used: set[str]) -> str:
    """Return a name that spreadsheets take, once each."""
    short = " ".join(text.translate(_FORBIDDEN).split())[:_NAME_LIMIT].strip() or "1"
    name, number = short, 2
    while name.lower() in used:
        name, number = f"{short[: _NAME_LIMIT - 4]} {number}", number + 1
    used.add(name.lower())
    return name


def _sheet(name: str, columns: int, rows: list[str]) -> str:
    named = _open.line(name).replace('"', "&quot;")
    return (
        f'<table:table table:name="{named}">'
        f'<table:table-column table:style-name="wide" table:number-columns-repeated="{columns}"/>'
        f"<table:table-header-rows>{rows[0]}</table:table-header-rows>"
        f"{''.join(rows[1:])}</table:table>"
    )


def _row(cells: list[str], style: str = "") -> str:
    return f"<table:table-row>{''.join(_text(cell, style) for cell in cells)}</table:table-row>"


def _cells(table: Table, row: Sequence[str | int]) -> str:
    found = [
        _number(value, place in table.money) if isinstance(value, int) else _text(value)
        for place, value in enumerate(row)
    ]
    return f"<table:table-row>{''.join(found)}</table:table-row>"


def _text(value: str, style: str = "") -> str:
    named = f' table:style-name="{style}"' if style else ""
    return (
        f'<table:table-cell{named} office:value-type="string">{_open.paragraphs(value)}'
        "</table:table-cell>"
    )


def _number(value: int, is_money: bool) -> str:
    plain = money.as_plain(value) if is_money else str(value)
    return (
        f'<table:table-cell office:value-type="float" office:value="{plain}">'
        f"<text:p>{plain}</text:p></table:table-cell>"
    )
