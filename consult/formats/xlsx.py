"""Our tables as a workbook, one sheet a type; every text is a text cell, none is a formula."""

import re
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import Any

from . import layout
from .records import Record

NAME = "xlsx"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXTENSION = "xlsx"
# What the format itself allows: rows of a sheet, characters of a cell.
_ROWS = 1_048_576
_CELL = 32_767
_CUT = " [...]"
_BLOCK = 1 << 16
_UNWRITABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)"
)


def chunks(records: Iterable[Record], licence: str = "") -> Iterator[bytes]:
    """Yield the workbook; a text beyond 32,767 characters ends in [...], it is whole in the CSV.

    A table beyond a sheet's 1,048,576 rows goes on in another sheet.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    _Sheet(book, layout.DICTIONARY).write_all(layout.dictionary(licence))
    sheets = {kind: _Sheet(book, plan) for kind, plan in layout.LAYOUTS.items()}
    for record in records:
        sheet = sheets.get(record.type)
        if sheet:
            sheet.write(layout.row(record, sheet.plan))
    with TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while block := file.read(_BLOCK):
            yield block


class _Sheet:
    """One table of the workbook, over as many sheets as its rows need."""

    def __init__(self, book: Any, plan: layout.Layout) -> None:
        self.plan, self._book, self._count = plan, book, 0
        self._begin()

    def write_all(self, rows: Iterable[tuple[str, ...]]) -> None:
        """Add rows of texts."""
        for cells in rows:
            self.write(list(cells))

    def write(self, cells: list[str | int]) -> None:
        """Add a row."""
        if self._left == 0:
            self._begin()
        self._left -= 1
        self._sheet.append([self._cell(value) for value in cells])

    def _begin(self) -> None:
        self._count += 1
        name = self.plan.name if self._count == 1 else f"{self.plan.name} {self._count}"
        self._sheet, self._left = self._book.create_sheet(name), _ROWS
        self.write(list(self.plan.header))

    def _cell(self, value: str | int) -> Any:
        if not isinstance(value, str):
            return value
        from openpyxl.cell import WriteOnlyCell

        cell = WriteOnlyCell(self._sheet, value=_written(value))
        cell.data_type = "s"
        return cell


def _written(text: str) -> str:
    # The format's own escape: _x0007_ is the bell, _x005F_ an underscore.
    escaped = _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return escaped if len(escaped) <= _CELL else escaped[: _CELL - len(_CUT)] + _CUT
