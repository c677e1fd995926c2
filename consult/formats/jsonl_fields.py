"""Records as JSON objects and back: each field in the one shape its type has."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import datetime
from typing import Any, get_type_hints

from consult.domain.signatures import Signature

from .records import TYPES, Record
from .report import Fault

_SIGNATURE = {"as": "kind", "text": "text", "function": "function", "speaks_from": "speaks_from"}


def plain(record: Record) -> dict[str, Any]:
    """Return the fields of a record that are not at their default, as JSON holds them."""
    found: dict[str, Any] = {}
    for name, default in _DEFAULTS[type(record)]:
        value = getattr(record, name)
        if value != default or type(value) is not type(default):
            found[name] = _written(value)
    return found


def record(thing: dict[str, Any]) -> Record:
    """Return the record of a JSON object, or raise a Fault: nothing is converted nor left out."""
    kind = thing.pop("type", None)
    cls = TYPES.get(kind) if isinstance(kind, str) else None
    if cls is None:
        raise Fault("unknown-type", type=str(kind)[:40])
    readers = _READERS[cls]
    for name in thing:
        if name not in readers:
            raise Fault("unknown-field", field=name[:40])
    for name in _REQUIRED[cls]:
        if name not in thing:
            raise Fault("missing-field", field=name)
    return cls(**{name: readers[name](value, name) for name, value in thing.items()})


def _written(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Signature):
        parts = {name: getattr(value, part) for name, part in _SIGNATURE.items()}
        return {name: part for name, part in parts.items() if part}
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value


def _of_type(kind: type) -> Callable[[Any, str], Any]:
    def reader(value: Any, name: str) -> Any:
        if type(value) is not kind:
            raise Fault("missing-field", field=name)
        return value

    return reader


def _number_or_none(value: Any, name: str) -> int | None:
    if value is not None and type(value) is not int:
        raise Fault("missing-field", field=name)
    return value


def _instant(value: Any, name: str) -> datetime | None:
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise Fault("not-a-date", field=name, value=str(value)[:40]) from error
    if found.tzinfo is None:
        raise Fault("not-a-date", field=name, value=value[:40])
    return found


def _keys(value: Any, name: str) -> tuple[str, ...]:
    if type(value) is not list or not all(type(part) is str for part in value):
        raise Fault("missing-field", field=name)
    return tuple(value)


def _signature(value: Any, name: str) -> Signature:
    if type(value) is not dict or not value.keys() <= _SIGNATURE.keys() or "as" not in value:
        raise Fault("missing-field", field=name)
    if not all(type(part) is str for part in value.values()):
        raise Fault("missing-field", field=name)
    return Signature(**{_SIGNATURE[part]: text for part, text in value.items()})


def _anything(value: Any, name: str) -> Any:
    return value


_BY_HINT: dict[Any, Callable[[Any, str], Any]] = {
    str: _of_type(str),
    int: _of_type(int),
    int | None: _number_or_none,
    datetime | None: _instant,
    tuple[str, ...]: _keys,
    Signature: _signature,
    Mapping[str, Any]: _of_type(dict),
    Any: _anything,
}
_READERS = {
    cls: {f.name: _BY_HINT[get_type_hints(cls)[f.name]] for f in fields(cls)}
    for cls in TYPES.values()
}
_REQUIRED = {
    cls: [f.name for f in fields(cls) if f.default is MISSING and f.default_factory is MISSING]
    for cls in TYPES.values()
}
_DEFAULTS: dict[type, list[tuple[str, Any]]] = {
    cls: [
        (f.name, f.default_factory() if f.default_factory is not MISSING else f.default)
        for f in fields(cls)
    ]
    for cls in TYPES.values()
}
