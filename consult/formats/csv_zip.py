"""Our tables as a zip of CSV files (RFC 4180, UTF-8 with BOM), with a dictionary of the columns.

The dictionary goes out at once; the tables wait in temporary files, because records come mixed and
the files of a zip do not. Memory stays constant and the same records give the same bytes.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import chain

from consult.domain.cells import safe

from . import layout
from .records import Record
from .zip_stream import BLOCK, UNKNOWN, Zip, spool

NAME = "csv"
MEDIA_TYPE = "application/zip"
EXTENSION = "zip"
NOTES = (
    (
        "(all)",
        "(file)",
        "UTF-8 avec marque d'ordre des octets, virgules, CRLF : RFC 4180",
        "UTF-8 with a byte order mark, commas, CRLF: RFC 4180",
    ),
    (
        "(all)",
        "(cell)",
        "une apostrophe en tête ne fait pas partie du texte : l'enlever pour retrouver le texte",
        "a leading apostrophe is not part of the text: take one away to find the text again",
    ),
)
DICTIONARY = f"{layout.DICTIONARY.name}.csv"
_BOM = "\ufeff"


def chunks(records: Iterable[Record], licence: str = "") -> Iterator[bytes]:
    """Yield the zip; the records are drawn once, after the first bytes went out."""
    out = Zip(summed=True)
    with ExitStack() as stack:
        yield from out.add(DICTIONARY, [dictionary(licence)])
        tables = {kind: CsvTable(plan, stack) for kind, plan in layout.LAYOUTS.items()}
        for record in records:
            table = tables.get(record.type)
            if table:
                table.write(layout.row(record, table.plan))
        for table in tables.values():
            yield from table.packed(out)
    yield out.end()


def joined(tables: Iterable[tuple[str, Iterable[bytes]]], licence: str = "") -> Iterator[bytes]:
    """Yield the zip of tables that come one by one, as fast as they come, and without waiting.

    Each is the type of its records with its lines, the header left out.
    """
    out = Zip(quick=True, summed=True)
    yield from out.add(DICTIONARY, [dictionary(licence)])
    for kind, blocks in tables:
        plan = layout.LAYOUTS[kind]
        head = _BOM + lines([plan.header])
        yield from out.add(f"{plan.name}.csv", chain([head.encode()], blocks), size=UNKNOWN)
    yield out.end()


def lines(rows: Iterable[Sequence[str | int]]) -> str:
    """Return rows of cells as lines of a table, their texts made safe."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([safe(c) if isinstance(c, str) else c for c in row] for row in rows)
    return out.getvalue()


def dictionary(licence: str = "") -> bytes:
    """Return the table that says what each column of the others holds, and how it may be used."""
    rows = chain([layout.DICTIONARY.header], NOTES, layout.dictionary(licence))
    return (_BOM + lines(rows)).encode()


class CsvTable:
    """One table on its way into the zip."""

    def __init__(self, plan: layout.Layout, stack: ExitStack) -> None:
        self.plan = plan
        self._spool = stack.enter_context(spool())
        self._writer = csv.writer(self._spool.text)
        self._spool.text.write(_BOM)
        self._writer.writerow(plan.header)

    def write(self, cells: list[str | int]) -> None:
        """Add a row, its texts made safe."""
        self._writer.writerow([safe(c) if isinstance(c, str) else c for c in cells])
        self._spool.flush(above=BLOCK)

    @property
    def file_name(self) -> str:
        """Return the name of its file."""
        return f"{self.plan.name}.csv"

    @property
    def size(self) -> int:
        """Return how many bytes it holds."""
        return self._spool.size

    def blocks(self) -> Iterator[bytes]:
        """Yield its bytes."""
        return self._spool.blocks()

    def packed(self, out: Zip) -> Iterator[bytes]:
        """Yield the bytes of the zip while the table goes into it."""
        yield from out.add(self.file_name, self.blocks(), size=self.size)
