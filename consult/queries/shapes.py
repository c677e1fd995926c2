"""Queries built once for each shape, then only given their values.

Building a query and making its key in the cache of compiled ones costs more than the database
does. A shape is what changes the text of the query: which filters are there, the order, the lists;
everything else is a value, sent when it runs: `connection.execute(*shapes.of(build, ...))`.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ClauseElement, Executable, Integer, String, bindparam
from sqlalchemy.types import TypeEngine

from ..models.base import UTCDateTime

WORDS = frozenset(("kind", "side", "state", "order"))
TYPES: dict[type, TypeEngine[Any]] = {str: String(), int: Integer(), datetime: UTCDateTime()}


class Prepared(NamedTuple):
    """A query and the values to run it with."""

    query: Executable
    values: dict[str, Any]


@dataclass(frozen=True)
class _Hole:
    """The place of a value in a shape."""

    name: str
    kind: type


@dataclass(frozen=True)
class _Shape:
    """A dataclass whose values are holes."""

    made: type
    parts: tuple[tuple[str, Hashable], ...]


class _Shapeless(Exception):
    """A value that is part of the query in its own way: a cursor, another query."""


def of(build: Callable[..., Executable], **asked: Any) -> Prepared:
    """Return the query that `build` makes of what is asked, built now for a new shape only.

    Words in `WORDS`, truths, and what stands plainly in a sequence are part of the shape.
    """
    values: dict[str, Any] = {}
    try:
        parts = tuple((name, _shape(name, value, values)) for name, value in asked.items())
    except _Shapeless:
        return Prepared(build(**asked), {})
    return Prepared(_built(build, parts), values)


def _shape(name: str, value: Any, values: dict[str, Any]) -> Hashable:
    if value is None or type(value) is bool or name.rpartition(".")[2] in WORDS:
        return value  # type: ignore[no-any-return]
    if type(value) in TYPES:
        if name == "cursor":
            raise _Shapeless
        values[name.replace(".", "_")] = value
        return _Hole(name.replace(".", "_"), type(value))
    if isinstance(value, list | tuple):
        return tuple(
            one if type(one) in TYPES else _shape(f"{name}_{place}", one, values)
            for place, one in enumerate(value)
        )
    if is_dataclass(value) and not isinstance(value, ClauseElement):
        made: Any = type(value)
        parts = ((one, getattr(value, one)) for one in _names(made))
        shaped = ((one, _shape(f"{name}.{one}", held, values)) for one, held in parts)
        return _Shape(made, tuple(shaped))
    raise _Shapeless


@lru_cache(maxsize=64)
def _names(made: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(made))


@lru_cache(maxsize=512)
def _built(build: Callable[..., Executable], parts: tuple[tuple[str, Hashable], ...]) -> Executable:
    return build(**{name: _filled(part) for name, part in parts})


def _filled(part: Hashable) -> Any:
    if isinstance(part, _Hole):
        return bindparam(part.name, type_=TYPES[part.kind])
    if isinstance(part, _Shape):
        return part.made(**{name: _filled(one) for name, one in part.parts})
    if isinstance(part, tuple):
        return tuple(_filled(one) for one in part)
    return part
