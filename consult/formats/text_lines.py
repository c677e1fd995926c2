"""The lines of a text file whose encoding nobody declared, with a cap on what a line may weigh."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from .report import FormatError, Limits

_BLOCK = 1 << 20
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"),
          (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip


def encoding(path: Path, limits: Limits) -> str:
    """Return the encoding of a text file: UTF-8, with or without BOM, UTF-16 with BOM, or cp1252.

    A file mostly in UTF-8 with a few wrong bytes is UTF-8: the records that hold these bytes are
    theirs to answer for. Raises FormatError for what is too large, cut inside a letter or binary.
    """
    try:
        if path.stat().st_size > limits.file:
            raise FormatError("too-large", file=path.name, limit=limits.file)
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise FormatError("file-missing", file=path.name) from error
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if b"\x00" in head[:1024] and head[:1024].count(b"\x00") > 16:
        raise FormatError("undecodable", file=path.name)
    return _tried(path)


def lines(path: Path, limits: Limits) -> Iterator[tuple[int, str]]:
    """Yield each line with its number, from 1, and its end of line; wrong bytes as surrogates."""
    name = encoding(path, limits)
    with path.open(encoding=name, errors=_on_error(name), newline="") as file:
        number = 0
        try:
            while line := file.readline(limits.line + 1):
                number += 1
                if len(line) > limits.line:
                    raise FormatError(
                        "line-too-long", file=path.name, line=number, limit=limits.line
                    )
                yield number, line
        except UnicodeDecodeError as error:
            code = "cut" if "truncated" in error.reason else "undecodable"
            raise FormatError(code, file=path.name) from error


def _on_error(name: str) -> str:
    return "surrogateescape" if name.startswith("utf-8") else "strict"


def _tried(path: Path) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    strict = codecs.getincrementaldecoder("utf-8")("strict")
    letters = wrong = 0
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                strict.decode(block)
            return _ended(path, strict)
    except UnicodeDecodeError:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                text = decoder.decode(block)
                wrong += sum("\udc80" <= letter <= "\udcff" for letter in text)
                letters += sum("\x80" <= letter < "\ud800" for letter in text)
        return "utf-8" if letters > wrong else "cp1252"


def _ended(path: Path, decoder: codecs.IncrementalDecoder) -> str:
    if decoder.getstate()[0]:
        raise FormatError("cut", file=path.name)
    return "utf-8"
