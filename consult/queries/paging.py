"""Keyset pages: a cursor holds the last row's keys, so that every page costs the same."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, literal, literal_column, tuple_

from ..domain.errors import RuleBroken

Row = TypeVar("Row")
SIZE = 20
MOST = 100


def cursor(values: Sequence[object]) -> str:
    """Write a cursor from the sort keys of the last row shown."""
    plain = [v.isoformat() if isinstance(v, date) else v for v in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def read(raw: str, kinds: Sequence[type]) -> list[Any]:
    """Read a cursor back, or raise RuleBroken: it must hold one value of each kind."""
    try:
        values = json.loads(base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4)))
        if not isinstance(values, list) or len(values) != len(kinds):
            raise ValueError
        return [_typed(value, kind) for value, kind in zip(values, kinds, strict=True)]
    except (ValueError, TypeError, RecursionError, OverflowError, binascii.Error) as error:
        raise RuleBroken("page-unknown", 404) from error


def _typed(value: object, kind: type) -> object:
    if kind is datetime and isinstance(value, str):
        return datetime.fromisoformat(value).astimezone(UTC)
    if kind is date and isinstance(value, str):
        return date.fromisoformat(value)
    if kind is float and isinstance(value, int | float):
        return float(value)
    if kind is int and type(value) is int and abs(value) < 2**31:
        return value
    if kind is str and isinstance(value, str) and len(value) <= 200 and "\x00" not in value:
        value.encode()  # a lone surrogate is a ValueError here, and an error of the driver later
        return value
    raise ValueError


def after(
    query: "Select[Any]",
    columns: Sequence[ColumnElement[Any]],
    *,
    descending: bool,
    cursor_text: str | None,
    limit: int = SIZE,
) -> "Select[Any]":
    """Order by `columns`, start after the cursor, and read one row more than the page.

    The limit is written in the statement: PostgreSQL plans a prepared one once only if it knows it.
    """
    order = [column.desc() if descending else column.asc() for column in columns]
    query = query.order_by(*order).limit(literal_column(str(limit + 1)))
    if not cursor_text:
        return query
    values = read(cursor_text, [column.type.python_type for column in columns])
    keys = tuple_(*columns)
    row = tuple_(*(literal(v, c.type) for v, c in zip(values, columns, strict=True)))
    return query.where(keys < row if descending else keys > row)


def cut(
    rows: Sequence[Row], keys: Callable[[Row], Sequence[object]], limit: int = SIZE
) -> tuple[Sequence[Row], str | None]:
    """Split what `after` read into the page and the next page's cursor, if any."""
    if len(rows) <= limit:
        return rows, None
    page = rows[:limit]
    return page, cursor(keys(page[-1]))
