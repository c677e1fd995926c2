"""Queries built once for each shape, then only given their values.

Building a query and making its key in the cache of compiled ones costs more than the database
does. A shape is what changes the text of the query: which filters are there, the order, the lists;
everything else is a value, sent when it runs: `connection.execute(*shapes.of(build, ...))`.
"""

from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Executable, Integer, String, bindparam
from sqlalchemy.types import TypeEngine

from ..models.base import UTCDateTime

WORDS = frozenset(("kind", "side", "state", "order"))
TYPES: dict[type, TypeEngine[Any]] = {str: String(), int: Integer(), datetime: UTCDateTime()}


class Prepared(NamedTuple):
    """A query and the values to run it with."""

    query: Executable
    values: dict[str, Any]


class _Shape(NamedTuple):
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
        parts = tuple([(name, _shape("", name, asked[name], values)) for name in asked])
    except _Shapeless:
        return Prepared(build(**asked), {})
    return Prepared(_built(build, parts), values)


def _shape(inside: str, name: str, value: Any, values: dict[str, Any]) -> Hashable:
    """Return a value that is part of the shape, or the type of the hole it leaves."""
    if value is None or type(value) is bool or name in WORDS:
        return value  # type: ignore[no-any-return]
    if type(value) in TYPES:
        if name == "cursor":
            raise _Shapeless
        values[inside + name] = value
        return TYPES[type(value)]
    if isinstance(value, list | tuple):
        return tuple(
            one if type(one) in TYPES else _shape(inside, f"{name}_{place}", one, values)
            for place, one in enumerate(value)
        )
    if is_dataclass(value):
        made: Any = type(value)
        within = f"{inside}{name}_"
        parts = [(one, _shape(within, one, getattr(value, one), values)) for one in _names(made)]
        return _Shape(made, tuple(parts))
    raise _Shapeless


@lru_cache(maxsize=64)
def _names(made: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(made))


@lru_cache(maxsize=512)
def _built(build: Callable[..., Executable], parts: tuple[tuple[str, Hashable], ...]) -> Executable:
    return build(**{name: _filled(name, part) for name, part in parts})


def _filled(name: str, part: Hashable) -> Any:
    if isinstance(part, TypeEngine):
        return bindparam(name, type_=part)
    if isinstance(part, _Shape):
        return part.made(**{one: _filled(f"{name}_{one}", held) for one, held in part.parts})
    if isinstance(part, tuple):
        return tuple(_filled(f"{name}_{place}", one) for place, one in enumerate(part))
    return part
