"""Our own format: one JSON object a line, each with its `type`, read back as it was written.

The first line is the consultation, with the version of the format and the licence of the data. The
last, of type "end", tells how many records of each type the file holds: without it the file is cut;
and the SHA-256 of the lines before it. A file written by hand needs neither `format` nor end.
Fields at their default are left out. UTF-8, lines end in LF.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from . import jsonl_fields, text_lines
from .records import Consultation, Record
from .report import Fault, FormatError, Report
from .sieve import Sieve

NAME = "jsonl"
MEDIA_TYPE = "application/x-ndjson"
EXTENSION = "jsonl"
FORMAT = "consult-jsonl-1"
_BLOCK = 1 << 16


def chunks(records: Iterable[Record], licence: str = "") -> Iterator[bytes]:
    """Yield the lines, several at a time; the first record is the consultation."""
    waiting: list[str] = []
    weight = 0
    counted: Counter[str] = Counter()
    digest = sha256()
    for record in records:
        head = {}
        if isinstance(record, Consultation):
            head = {"format": FORMAT} | ({"licence": licence} if licence else {})
        line = _line({"type": record.type} | head | jsonl_fields.plain(record))
        counted[record.type] += 1
        waiting.append(line)
        weight += len(line)
        if weight >= _BLOCK:
            block = "".join(waiting).encode()
            digest.update(block)
            yield block
            waiting, weight = [], 0
    block = "".join(waiting).encode()
    digest.update(block)
    end = {"records": dict(sorted(counted.items())), "sha256": digest.hexdigest()}
    yield block + _line({"type": "end"} | end).encode()


def _line(thing: dict[str, Any]) -> str:
    return json.dumps(thing, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"


def read(paths: Sequence[Path], report: Report) -> Iterator[Record]:
    """Yield the records of each file, the consultation first."""
    for path in paths:
        yield from _File(path, report).records()


class _File:
    """One file on its way in: what its head promises and its end declares."""

    def __init__(self, path: Path, report: Report) -> None:
        self._path, self._report, self._sieve = path, report, Sieve(report)
        self._ends = False
        self._declared: dict[str, int] | None = None
        self._found: Counter[str] = Counter()

    def records(self) -> Iterator[Record]:
        """Yield the records; raise FormatError for a file without head or end."""
        numbered = text_lines.lines(self._path, self._report.limits)
        yield self._head(next(numbered, (1, "")))
        for line, text in numbered:
            if self._declared is not None:
                raise FormatError("broken", file=self._path.name)
            if text.strip():
                yield from self._record(line, text)
        if self._ends and self._declared is None:
            raise FormatError("cut", file=self._path.name)
        for kind, number in sorted((self._declared or {}).items()):
            self._report.check(kind, number, self._found[kind])

    def _head(self, first: tuple[int, str]) -> Record:
        try:
            thing = _object(first[1])
            self._ends = thing.pop("format", None) == FORMAT
            thing.pop("licence", None)
            if thing.get("type") != Consultation.type:
                raise Fault("missing-field", field="type")
            record = jsonl_fields.record(thing)
            self._sieve.check(record)
        except Fault as fault:
            raise FormatError(
                "no-header", file=self._path.name, expected=Consultation.type
            ) from fault
        self._found[record.type] += 1
        return record

    def _record(self, line: int, text: str) -> Iterator[Record]:
        try:
            thing = _object(text)
            if thing.get("type") == "end":
                self._declared = _declared(thing)
                return
            record = jsonl_fields.record(thing)
            if isinstance(record, Consultation):
                raise Fault("key-twice", key=record.key)
        except Fault as fault:
            if not text.endswith(("\n", "\r")) and self._ends:
                raise FormatError("cut", file=self._path.name) from fault
            self._report.quarantine(self._path.name, line, fault)
            return
        if self._sieve.admits(record, self._path.name, line):
            self._found[record.type] += 1
            yield record


def _declared(thing: dict[str, Any]) -> dict[str, int]:
    numbers = thing.get("records")
    if not isinstance(numbers, dict) or not all(type(n) is int for n in numbers.values()):
        raise Fault("missing-field", field="records")
    return numbers


def _object(text: str) -> dict[str, Any]:
    try:
        thing = json.loads(text, parse_constant=_refuse, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise Fault("not-json", detail=error.msg) from error
    except (ValueError, RecursionError) as error:
        raise Fault("not-json", detail=type(error).__name__) from error
    if not isinstance(thing, dict):
        raise Fault("not-json", detail="object expected")
    return thing


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    thing = dict(pairs)
    if len(thing) < len(pairs):
        raise Fault("not-json", detail="a name is given twice")
    return thing


def _refuse(constant: str) -> None:
    raise ValueError(constant)
