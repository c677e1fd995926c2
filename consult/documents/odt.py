"""A document as an OpenDocument text, that an office suite opens, changes and prints."""

from . import _open
from ._blocks import Block, Document, Heading, Paragraph, Table

NAME = "odt"
MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
EXTENSION = "odt"
_BORDER = 'fo:border="0.5pt solid #444444" fo:padding="0.1cm"'
_STYLES = (
    "<office:automatic-styles>"
    '<style:style style:name="title" style:family="paragraph"><style:paragraph-properties '
    'fo:margin-bottom="0.5cm"/><style:text-properties fo:font-size="18pt" fo:font-weight="bold"/>'
    "</style:style>"
    '<style:style style:name="part" style:family="paragraph"><style:paragraph-properties '
    'fo:margin-top="0.5cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"/>'
    '<style:text-properties fo:font-size="13pt" fo:font-weight="bold"/></style:style>'
    '<style:style style:name="said" style:family="paragraph"><style:paragraph-properties '
    'fo:margin-bottom="0.25cm"/></style:style>'
    '<style:style style:name="head" style:family="paragraph">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties '
    f"{_BORDER}/></style:style>"
    "</office:automatic-styles>"
)


def is_ready() -> bool:
    """Tell that this kind needs nothing more than the program."""
    return True


def write(document: Document) -> bytes:
    """Return the text document."""
    blocks = [_block(one, document.locale, place) for place, one in enumerate(document.blocks, 1)]
    content = (
        f"{_open.XML}<office:document-content {_open.SPACES}>{_STYLES}<office:body><office:text>"
        f"{_heading(document.title, 1, 'title')}{''.join(blocks)}"
        "</office:text></office:body></office:document-content>"
    )
    return _open.package(MEDIA_TYPE, document, content)


def _block(block: Block, locale: str, place: int) -> str:
    if isinstance(block, Heading):
        return _heading(block.text, 2, "part")
    if isinstance(block, Paragraph):
        return _open.paragraphs(block.text, "said")
    return _table(block, locale, place)


def _heading(text: str, level: int, style: str) -> str:
    return (
        f'<text:h text:style-name="{style}" text:outline-level="{level}">'
        f"{_open.line(text)}</text:h>"
    )


def _table(table: Table, locale: str, place: int) -> str:
    head = "".join(_cell(text, "head") for text in table.header)
    rows = "".join(
        "<table:table-row>"
        + "".join(_cell(_open.said(table, at, value, locale)) for at, value in enumerate(row))
        + "</table:table-row>"
        for row in table.rows
    )
    return (
        f"{_open.paragraphs(table.caption, 'head')}"
        f'<table:table table:name="table{place}">'
        f'<table:table-column table:number-columns-repeated="{len(table.header)}"/>'
        f"<table:table-header-rows><table:table-row>{head}</table:table-row>"
        f"</table:table-header-rows>{rows}</table:table>"
    )


def _cell(text: str, style: str = "") -> str:
    return (
        '<table:table-cell table:style-name="cell" office:value-type="string">'
        f"{_open.paragraphs(text, style)}</table:table-cell>"
    )
