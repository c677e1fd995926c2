"""Rows of a table in a text file, whatever its encoding and delimiter, each with its line."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from . import text_lines
from .report import Fault, FormatError, Report

DELIMITERS = ";,\t|"
# A cell beyond this is a quotation mark that nobody closed; the limit is the process's own.
CELL_LIMIT = 1_000_000
csv.field_size_limit(CELL_LIMIT)


@dataclass(frozen=True)
class Row:
    """One row: the line where it begins and, by the name of their column, its cells not empty."""

    line: int
    cells: dict[str, str]


class Table:
    """A table read from the start as often as it is iterated; only one row is in memory.

    `rename` gives the known name of a column from what the header says, "" for a column to leave.
    Trailing cells that are missing are empty; a row with too many cells is quarantined, once.
    """

    def __init__(
        self, path: Path, report: Report, rename: Callable[[str], str], expected: str
    ) -> None:
        """Read the header, or raise FormatError: `expected` is a column no file goes without."""
        self._path, self._report, self._told = path, report, False
        first = next(text_lines.lines(path, report.limits), (1, ""))[1]
        self._delimiter = max(DELIMITERS, key=first.count)
        header = next(self._raw(), (1, []))[1]
        if isinstance(header, Fault):
            raise FormatError("no-header", file=path.name, expected=expected)
        if len(header) > report.limits.columns:
            raise FormatError("too-many-columns", file=path.name, limit=report.limits.columns)
        self._columns = [rename(name) for name in header]
        named = [name for name in self._columns if name]
        if expected not in named:
            raise FormatError("no-header", file=path.name, expected=expected)
        for name in named:
            if named.count(name) > 1:
                raise FormatError("column-twice", file=path.name, name=name)

    @property
    def columns(self) -> list[str]:
        """Return the known names of the columns, in order, "" for those left aside."""
        return self._columns

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows; the first full reading tells the report of those it cannot read."""
        raw = self._raw()
        next(raw, None)
        for line, cells in raw:
            if isinstance(cells, Fault):
                self._tell(line, cells)
            elif len(cells) > len(self._columns):
                facts = {"found": len(cells), "expected": len(self._columns)}
                self._tell(line, Fault("columns-over", **facts))
            elif any(cells):
                # Stops at the last cell: what is missing after it is as empty as the rest.
                pairs = zip(self._columns, cells, strict=False)
                yield Row(line, {name: cell for name, cell in pairs if cell and name})
        self._told = True

    def _tell(self, line: int, fault: Fault) -> None:
        if not self._told:
            self._report.quarantine(self._path.name, line, fault)

    def _raw(self) -> Iterator[tuple[int, list[str] | Fault]]:
        drawn = _Drawn(text_lines.lines(self._path, self._report.limits))
        reader = csv.reader(drawn, delimiter=self._delimiter, strict=True)
        shortest: int | None = None
        while True:
            start = drawn.number + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield start, self._fault(error, start)
                continue
            if not drawn.ended and shortest is not None and len(cells) < shortest:
                raise FormatError("cut", file=self._path.name)
            shortest = min(shortest or len(cells), len(cells))
            yield start, cells

    def _fault(self, error: csv.Error, line: int) -> Fault:
        if "unexpected end of data" in str(error):
            raise FormatError("cut", file=self._path.name) from error
        if "field larger" in str(error):
            raise FormatError("quote-open", file=self._path.name, line=line) from error
        return Fault("bad-quotes")


class _Drawn:
    """The lines that the csv reader draws, counted, and whether the last one had its end."""

    def __init__(self, numbered: Iterator[tuple[int, str]]) -> None:
        self._numbered = numbered
        self.number, self.ended = 0, True

    def __iter__(self) -> "_Drawn":
        return self

    def __next__(self) -> str:
        self.number, line = next(self._numbered)
        self.ended = line.endswith(("\n", "\r"))
        return line
