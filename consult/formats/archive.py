"""The files of an archive, a folder or a single file, one at a time and never all in memory."""

import gzip
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedIOBase, RawIOBase
from pathlib import Path
from typing import BinaryIO, Self, cast

from .report import Fault, FormatError, Limits

_GZIP = b"\x1f\x8b"
_BROKEN = (tarfile.TarError, zlib.error, gzip.BadGzipFile)


@dataclass(frozen=True)
class Member:
    """One file: its name in the archive, and its bytes or why they are not given."""

    name: str
    data: bytes = b""
    fault: Fault | None = None


def members(path: Path, limits: Limits) -> Iterator[Member]:
    """Yield the files of `path`: a .tar, a .tar.gz, a folder or one file.

    A cut or damaged archive raises FormatError, at its end at the latest: draw the whole before
    anything is shown.
    """
    try:
        if path.is_dir():
            yield from _folder(path, limits)
            return
        if path.stat().st_size > limits.file:
            raise FormatError("too-large", file=path.name, limit=limits.file)
        with path.open("rb") as head:
            start = head.read(512)
    except OSError as error:
        raise FormatError("file-missing", file=path.name) from error
    if start.startswith(_GZIP) or start[257:262] == b"ustar":
        yield from _archive(path, limits, packed=start.startswith(_GZIP))
    else:
        yield _file(path, path.name, limits)


def _folder(path: Path, limits: Limits) -> Iterator[Member]:
    for file in sorted(path.rglob("*")):
        if file.is_file() and not file.is_symlink():
            yield _file(file, file.relative_to(path).as_posix(), limits)


def _file(path: Path, name: str, limits: Limits) -> Member:
    if path.stat().st_size > limits.member:
        return Member(name, fault=Fault("member-too-large", limit=limits.member))
    return Member(name, path.read_bytes())


def _archive(path: Path, limits: Limits, *, packed: bool) -> Iterator[Member]:
    try:
        with path.open("rb") as raw:
            inner = gzip.GzipFile(fileobj=raw) if packed else raw
            capped = _Capped(cast(BinaryIO, inner), path.name, limits.unpacked)
            with tarfile.open(fileobj=capped, mode="r|", errors="replace", tarinfo=_Header) as tar:
                for info in tar:
                    if info.isfile():
                        yield _member(tar, info, limits)
            # The rest holds the sum that tells a whole archive from a cut one.
            while capped.read(65_536):
                pass
    except EOFError as error:
        raise FormatError("cut", file=path.name) from error
    except _BROKEN as error:
        code = "cut" if "end of data" in str(error) else "broken"
        raise FormatError(code, file=path.name) from error


class _Header(tarfile.TarInfo):
    """A header that has to be there: tarfile takes a damaged one for the end of the archive."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        """Read a header; raise EOFError for a cut one, ReadError for a damaged one."""
        if len(buf) < tarfile.BLOCKSIZE:
            raise EOFError
        try:
            return super().frombuf(buf, encoding, errors)
        except tarfile.HeaderError as error:
            if not any(buf):  # the end of the archive
                raise
            raise tarfile.ReadError(str(error)) from error


def _member(tar: tarfile.TarFile, info: tarfile.TarInfo, limits: Limits) -> Member:
    name = info.name.encode(errors="replace").decode()[:300]
    if info.size > limits.member:
        return Member(name, fault=Fault("member-too-large", limit=limits.member))
    content = tar.extractfile(info)
    data = content.read() if content else b""
    if len(data) != info.size:
        raise EOFError
    return Member(name, data)


class _Capped(RawIOBase):
    """A stream that refuses to give more than its limit: an archive that unpacks without end."""

    def __init__(self, inner: BinaryIO | BufferedIOBase, name: str, limit: int) -> None:
        super().__init__()
        self._inner, self._name, self._limit, self._given = inner, name, limit, 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, or raise FormatError past the limit."""
        data = self._inner.read(size)
        self._given += len(data)
        if self._given > self._limit:
            raise FormatError("too-large", file=self._name, limit=self._limit)
        return data
