"""What no record may hold, whatever the format: each record passes here before it is yielded."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime

from consult.domain.signatures import SIGNATURE_KINDS, Signature
from consult.domain.stances import STANCES

from . import records
from .records import Record
from .report import Fault, Report

HIGHEST = 2**31 - 1
TEXT_LIMIT = 1_000_000
LENGTHS = {
    "key": 200, "label": 20, "kind": 40, "actor_kind": 20, "territory_code": 20, "channel": 20,
    "place": 200, "link": 2_000, "slug_hint": 80, "name": 200,
    "edition_of": 80, "common_key": 200,
}  # fmt: skip
TITLE_LENGTHS = {"consultation": 200, "theme": 200}
WORDS: dict[str, tuple[str, ...]] = {
    "state": ("awaiting", "pending", "published", "to_correct", "hidden", "withdrawn"),
    "side": ("for", "against"),
    "decision": ("", "accepted", "refused"),
}
_NAMES = {cls: tuple(f.name for f in fields(cls)) for cls in records.TYPES.values()}
_PARENTS = ("theme_key", "parent_key", "target_key", "person_key")


class Sieve:
    """Lets through the records that are whole, new and in order; quarantines the others."""

    def __init__(self, report: Report) -> None:
        """Begin with no record seen: hashes of keys are kept, never the records."""
        self._report = report
        self._seen: set[int] = set()

    def admits(self, record: Record, file: str, line: int) -> bool:
        """Return whether a record goes in; where it does not, its place and reason are kept."""
        try:
            self.check(record)
        except Fault as fault:
            self._report.quarantine(file, line, fault)
            return False
        self._report.read[record.type] += 1
        return True

    def knows(self, key: str) -> bool:
        """Return whether a record of this key went in."""
        return hash(key) in self._seen

    def check(self, record: Record) -> None:
        """Raise a Fault for a record that cannot go in, or remember it."""
        for name in _NAMES[type(record)]:
            _check_field(record.type, name, getattr(record, name))
        if not record.key:
            raise Fault("missing-field", field="key")
        self._check_parents(record)
        mark = hash((record.type, record.key)) if record.type == "stance" else hash(record.key)
        if mark in self._seen:
            raise Fault("key-twice", key=record.key)
        self._seen.add(mark)

    def _check_parents(self, record: Record) -> None:
        keys = [getattr(record, name, "") for name in _PARENTS]
        if isinstance(record, records.Answer):
            keys.extend(record.question_keys)
        for key in keys:
            if key and hash(key) not in self._seen:
                raise Fault("parent-missing", key=key)


def _check_field(record_type: str, name: str, value: object) -> None:
    if isinstance(value, str):
        limit = TITLE_LENGTHS.get(record_type, 1_000) if name == "title" else LENGTHS.get(name)
        _check_text(name, value, limit or TEXT_LIMIT)
        words = STANCES if (record_type, name) == ("stance", "value") else WORDS.get(name)
        if words is not None and value not in words:
            raise Fault("unknown-value", field=name, value=value)
    elif isinstance(value, int) and name != "value":
        if not 0 <= value <= HIGHEST:
            raise Fault("out-of-range", field=name)
    elif isinstance(value, datetime):
        if value.tzinfo is None or not 1900 <= value.year <= 2200:
            raise Fault("not-a-date", field=name, value=value.isoformat())
    elif isinstance(value, Signature):
        _check_signature(value)
    else:
        _check_json(name, value)


def _check_text(name: str, value: str, limit: int) -> None:
    if "\x00" in value:
        raise Fault("nul", field=name)
    if len(value) > limit:
        raise Fault("too-long", field=name, limit=limit)
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise Fault("not-text") from error


def _check_signature(signature: Signature) -> None:
    if signature.kind not in SIGNATURE_KINDS:
        raise Fault("unknown-value", field="signature", value=signature.kind)
    _check_text("signature", signature.text, 200)
    _check_text("function", signature.function, 120)
    _check_text("speaks_from", signature.speaks_from, 300)


def _check_json(name: str, value: object) -> None:
    if isinstance(value, str):
        _check_text(name, value, TEXT_LIMIT)
    elif isinstance(value, Mapping):
        for part in value.items():
            _check_json(name, part)
    elif isinstance(value, list | tuple):
        for part in value:
            _check_json(name, part)
    elif isinstance(value, int) and abs(value) > 2**53:
        raise Fault("out-of-range", field=name)
