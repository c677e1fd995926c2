"""A zip written while it is sent: members come from temporary files, memory stays constant.

Every date in it is the same, so that the same content gives the same bytes.
"""

import hashlib
import importlib
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import IO, Any, BinaryIO, cast

BLOCK = 1 << 16
_IN_MEMORY = 1 << 20
_BIG = 1 << 31
UNKNOWN = _BIG
SUMS = "SHA256SUMS"
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Spool:
    """Text that waits for its place in a zip: in memory while it is small, then in a file."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.text = io.StringIO(newline="")

    def flush(self, above: int = 0) -> None:
        """Move the text to the file once it is longer than `above`."""
        if self.text.tell() > above:
            self._file.write(self.text.getvalue().encode())
            self.text.seek(0)
            self.text.truncate()

    def put(self, block: bytes) -> None:
        """Add bytes after the text."""
        self.flush()
        self._file.write(block)

    @property
    def size(self) -> int:
        """Return how many bytes wait."""
        self.flush()
        return self._file.tell()

    def blocks(self) -> Iterator[bytes]:
        """Yield what waits, from the beginning."""
        self.flush()
        self._file.seek(0)
        while block := self._file.read(BLOCK):
            yield block


@contextmanager
def spool() -> Iterator[Spool]:
    """Give a place to wait, gone at the end."""
    with SpooledTemporaryFile(_IN_MEMORY) as file:
        yield Spool(file)


class Zip:
    """A zip under way: each call yields the bytes that are ready to leave.

    A `quick` one packs as fast as a database writes, where the library for it is installed; other
    zips take the packing that gives the same bytes on every machine. A `summed` one ends with
    SHA256SUMS: whether each file arrived whole (`sha256sum --check SHA256SUMS`).
    """

    def __init__(self, *, quick: bool = False, summed: bool = False) -> None:
        self._out = _Outlet()
        self._archive = zipfile.ZipFile(cast(BinaryIO, self._out), "w")
        self._quick = quick
        self._summed = summed
        self._sums: list[str] = []

    def add(
        self, name: str, blocks: Iterable[bytes], *, size: int = 0, stored: bool = False
    ) -> Iterator[bytes]:
        """Yield the zip's bytes while a member goes in.

        `size` in bytes says whether it may pass 4 GB; UNKNOWN where only the end will tell.
        """
        info = zipfile.ZipInfo(name, _EPOCH)
        info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        digest = hashlib.sha256()
        with self._archive.open(info, "w", force_zip64=size >= _BIG) as member:
            if self._quick and not stored:
                member._compressor = packing().compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)  # type: ignore[attr-defined]
            for block in blocks:
                member.write(block)
                digest.update(block)
                if ready := self._out.taken():
                    yield ready
        self._sums.append(f"{digest.hexdigest()}  {name}\n")
        yield self._out.taken()

    def end(self) -> bytes:
        """Return the last bytes: the sums, and the directory of the members."""
        sums = self.add(SUMS, ["".join(self._sums).encode()]) if self._summed else ()
        last = b"".join(sums)
        self._archive.close()
        return last + self._out.taken()


def packing() -> Any:
    """Return the quickest module there is that packs as zlib does."""
    try:
        return importlib.import_module("isal.isal_zlib")
    except ImportError:
        return zlib


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
