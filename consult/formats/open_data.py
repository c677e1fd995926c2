"""A whole consultation in one file: a zip of its tables, of its lines, and of what goes with them.

It is written a little at a time, so that whoever makes it can do something else in between: the
records are read once, into the tables and the lines, then packed. Memory stays constant.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from typing import BinaryIO

from . import jsonl, layout
from .csv_zip import DICTIONARY, CsvTable, dictionary
from .records import Record
from .zip_stream import BLOCK, Zip, spool

MEDIA_TYPE = "application/zip"
# The share of the work that reading is; packing is the rest.
_READING = 0.6
Blocks = Callable[[], Iterator[bytes]]


def write(
    records: Iterable[Record],
    name: str,
    more: Mapping[str, bytes],
    out: BinaryIO,
    *,
    expected: int,
    licence: str = "",
) -> Iterator[float]:
    """Write the zip to an open file; yield after each little part the share that is done.

    `name` is that of the file of lines, `more` other files by their name, and `expected` how many
    records there should be; `licence` says how the data may be used.
    """
    with ExitStack() as stack:
        tables = {kind: CsvTable(plan, stack) for kind, plan in layout.LAYOUTS.items()}
        lines, read = stack.enter_context(spool()), 0
        through = _Through(records, tables)
        for block in jsonl.chunks(through, licence):
            lines.put(block)
            read = through.count
            yield _READING * min(read / max(expected, 1), 1.0)
        explained = dictionary(licence)
        found: dict[str, tuple[Blocks, int]] = {
            DICTIONARY: (lambda: iter((explained,)), len(explained))
        }
        for table in tables.values():
            found[table.file_name] = table.blocks, table.size
        found[f"{name}.jsonl"] = lines.blocks, lines.size
        for other, content in more.items():
            found[other] = (lambda held=content: iter((held,))), len(content)  # type: ignore[misc]
        for share in _pack(found, out):
            yield _READING + (1 - _READING) * share


class _Through:
    """The records on their way to the lines: each is written in its table as it passes."""

    def __init__(self, records: Iterable[Record], tables: Mapping[str, CsvTable]) -> None:
        self._records, self._tables, self.count = records, tables, 0

    def __iter__(self) -> Iterator[Record]:
        for record in self._records:
            self.count += 1
            if table := self._tables.get(record.type):
                table.write(layout.row(record, table.plan))
            yield record


def _pack(found: Mapping[str, tuple[Blocks, int]], out: BinaryIO) -> Iterator[float]:
    archive, packed = Zip(summed=True), 0
    total = sum(size for _blocks, size in found.values()) or 1
    for name, (blocks, size) in found.items():
        for made in archive.add(name, blocks(), size=size):
            out.write(made)
            packed += BLOCK
            yield min(packed / total, 1.0)
    out.write(archive.end())
