"""Our tables as a zip of CSV files (RFC 4180, UTF-8 with BOM), with a dictionary of the columns.

The dictionary goes out at once; the tables wait in temporary files, because records come mixed and
the files of a zip do not. Memory stays constant and the same records give the same bytes.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO, cast

from . import layout
from .cells import safe
from .records import Record

NAME = "csv"
MEDIA_TYPE = "application/zip"
EXTENSION = "zip"
_BLOCK = 1 << 16
_IN_MEMORY = 1 << 20
_BIG = 1 << 31
_EPOCH = (1980, 1, 1, 0, 0, 0)
_BOM = "\ufeff"


def chunks(records: Iterable[Record]) -> Iterator[bytes]:
    """Yield the zip; the records are drawn once, after the first bytes went out."""
    out = _Outlet()
    with ExitStack() as stack, zipfile.ZipFile(cast(BinaryIO, out), "w") as archive:
        spool = stack.enter_context(SpooledTemporaryFile(_IN_MEMORY))
        dictionary = _Table(layout.DICTIONARY, spool)
        for cells in layout.dictionary():
            dictionary.write(list(cells))
        yield from dictionary.packed(archive, out)
        tables = {}
        for kind, plan in layout.LAYOUTS.items():
            spool = stack.enter_context(SpooledTemporaryFile(_IN_MEMORY))
            tables[kind] = _Table(plan, spool)
        for record in records:
            table = tables.get(record.type)
            if table:
                table.write(layout.row(record, table.plan))
        for table in tables.values():
            yield from table.packed(archive, out)
    yield out.taken()


class _Outlet(io.RawIOBase):
    """Where the zip is written, and from which what is ready is taken; it never goes back."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []

    def write(self, data: object) -> int:
        """Keep the bytes until they are taken."""
        part = bytes(cast(bytes, data))
        self._parts.append(part)
        return len(part)

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        ready = b"".join(self._parts)
        self._parts.clear()
        return ready


class _Table:
    """One table on its way into the zip."""

    def __init__(self, plan: layout.Layout, spool: IO[bytes]) -> None:
        self.plan, self._spool = plan, spool
        self._text = io.StringIO(newline="")
        self._writer = csv.writer(self._text)
        self._text.write(_BOM)
        self._writer.writerow(plan.header)

    def write(self, cells: list[str | int]) -> None:
        """Add a row, its texts made safe."""
        self._writer.writerow([safe(c) if isinstance(c, str) else c for c in cells])
        if self._text.tell() >= _BLOCK:
            self._flush()

    def packed(self, archive: zipfile.ZipFile, out: _Outlet) -> Iterator[bytes]:
        """Yield the bytes of the zip while the table goes into it."""
        self._flush()
        info = zipfile.ZipInfo(f"{self.plan.name}.csv", _EPOCH)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        big = self._spool.tell() >= _BIG
        self._spool.seek(0)
        with archive.open(info, "w", force_zip64=big) as member:
            while block := self._spool.read(_BLOCK):
                member.write(block)
                if ready := out.taken():
                    yield ready
        yield out.taken()

    def _flush(self) -> None:
        self._spool.write(self._text.getvalue().encode())
        self._text.seek(0)
        self._text.truncate()
