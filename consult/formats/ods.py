"""Our tables as an OpenDocument spreadsheet, one sheet a type; no cell is a formula.

In this format a formula is an attribute of its own, which is never written: a text that begins
with = is a text, and is read back as it was. The sheets wait in temporary files, because records
come mixed and sheets do not; memory stays constant and the same records give the same bytes.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from xml.sax.saxutils import escape

from . import layout
from .records import Record
from .zip_stream import BLOCK, Zip, spool

NAME = "ods"
MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
EXTENSION = "ods"
# What the programs that open it read of one sheet.
ROWS = 1_048_576
_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MANIFEST = (
    f'{_XML}<manifest:manifest xmlns:manifest="{_NAMES}:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MEDIA_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
_HEAD = (
    f'{_XML}<office:document-content xmlns:office="{_NAMES}:office:1.0" '
    f'xmlns:table="{_NAMES}:table:1.0" xmlns:text="{_NAMES}:text:1.0" office:version="1.3">'
    "<office:body><office:spreadsheet>"
)
_TAIL = "</office:spreadsheet></office:body></office:document-content>"
# XML holds none of these, however they are written.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"\r\n|\r|\n")
# A reader joins spaces and drops those at the ends, unless they are written as such.
_SPACES = re.compile(r"\t|(?:^ | $) *| {2,}")


def chunks(records: Iterable[Record], licence: str = "") -> Iterator[bytes]:
    """Yield the spreadsheet; a character that XML cannot hold becomes �.

    A table beyond a sheet's 1,048,576 rows goes on in another sheet.
    """
    out = Zip()
    yield from out.add("mimetype", [MEDIA_TYPE.encode()], stored=True)
    yield from out.add("META-INF/manifest.xml", [_MANIFEST.encode()])
    with ExitStack() as stack:
        dictionary = _Sheet(layout.DICTIONARY, stack)
        for cells in layout.dictionary(licence):
            dictionary.write(list(cells))
        sheets = {kind: _Sheet(plan, stack) for kind, plan in layout.LAYOUTS.items()}
        for record in records:
            sheet = sheets.get(record.type)
            if sheet:
                sheet.write(layout.row(record, sheet.plan))
        written = [dictionary, *sheets.values()]
        size = sum(sheet.size() for sheet in written)
        yield from out.add("content.xml", _content(written), size=size)
    yield out.end()


def _content(sheets: Iterable["_Sheet"]) -> Iterator[bytes]:
    yield _HEAD.encode()
    for sheet in sheets:
        yield from sheet.blocks()
    yield _TAIL.encode()


class _Sheet:
    """One table, over as many sheets as its rows need."""

    def __init__(self, plan: layout.Layout, stack: ExitStack) -> None:
        self.plan, self._count = plan, 0
        self._spool = stack.enter_context(spool())
        self._begin()

    def write(self, cells: list[str | int]) -> None:
        """Add a row."""
        if self._left == 0:
            self._spool.text.write("</table:table>")
            self._begin()
        self._left -= 1
        self._spool.text.write(_row(cells))
        self._spool.flush(above=BLOCK)

    def size(self) -> int:
        """Return how many bytes the sheet takes, closing it."""
        self._spool.text.write("</table:table>")
        return self._spool.size

    def blocks(self) -> Iterator[bytes]:
        """Yield the bytes of the sheet."""
        return self._spool.blocks()

    def _begin(self) -> None:
        self._count += 1
        name = self.plan.name if self._count == 1 else f"{self.plan.name} {self._count}"
        header = _row(list(self.plan.header))
        self._spool.text.write(
            f'<table:table table:name="{name}">'
            f'<table:table-column table:number-columns-repeated="{len(self.plan.columns)}"/>'
            f"<table:table-header-rows>{header}</table:table-header-rows>"
        )
        self._left = ROWS - 1


def _row(cells: list[str | int]) -> str:
    return f"<table:table-row>{''.join(map(_cell, cells))}</table:table-row>"


def _cell(value: str | int) -> str:
    if value == "":
        return "<table:table-cell/>"
    if isinstance(value, int):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    lines = "".join(f"<text:p>{written(line)}</text:p>" for line in _BREAKS.split(value))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def written(text: str) -> str:
    """Return one line of a text as XML; a character that XML cannot hold becomes �."""
    return _SPACES.sub(_spaces, escape(_UNWRITABLE.sub("\ufffd", text)))


def _spaces(found: re.Match[str]) -> str:
    if found[0] == "\t":
        return "<text:tab/>"
    return f'<text:s text:c="{len(found[0])}"/>'
