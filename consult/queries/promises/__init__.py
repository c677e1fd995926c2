"""The answers that institutions promised: each source is a module here, found by name.

A source has `LABEL`, what was promised, and `rows(now)`, which selects what anyone may read: `id`,
`institution`, `title`, `path`, `time_zone`, `due_at` and `given_at`, null as long as nothing came.
"""

import sys
from datetime import datetime
from types import ModuleType
from typing import Any

from sqlalchemy import Select, Subquery, and_, case, func, literal, select, union_all
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from ...domain import promises
from ...domain.kinds import discover
from ...models.base import UTCDateTime
from .. import paging

Rows = Select[*tuple[Any, ...]]
MOST = 200


class day_later(GenericFunction[datetime]):
    """An instant, twenty-four hours later."""

    type = UTCDateTime()
    inherit_cache = True


@compiles(day_later)
def _of_text(element: Any, compiler: Any, **options: Any) -> str:
    """SQLite keeps instants as text, already in UTC."""
    at = compiler.process(element.clauses, **options)
    return f"strftime('%Y-%m-%d %H:%M:%f000', {at}, '+1 day')"


@compiles(day_later, "postgresql")
def _of_instant(element: Any, compiler: Any, **options: Any) -> str:
    return f"({compiler.process(element.clauses, **options)} + INTERVAL '24 hours')"


def sources() -> dict[str, ModuleType]:
    """Return every source of promises, by name."""
    return discover(sys.modules[__name__])


def by_institution(now: datetime) -> Rows:
    """Select each institution with its promises counted by state, the latest in answering first."""
    all_ = _all(now)
    counts = [
        func.sum(case((all_.c.state == state, 1), else_=0)).label(state)
        for state in promises.STATES
    ]
    return (
        select(func.min(all_.c.institution).label("name"), all_.c.key, *counts)
        .group_by(all_.c.key)
        .order_by(counts[0].desc(), counts[2].desc(), all_.c.key)
        .limit(MOST)
    )


def listed(now: datetime, state: str | None, cursor: str | None, limit: int = paging.SIZE) -> Rows:
    """Select a page of the promises, of one state or of all, the latest date first."""
    all_ = _all(now)
    query: Rows = select(*all_.c)
    if state is not None:
        query = query.where(all_.c.state == state)
    order = (all_.c.due_at, all_.c.id)
    return paging.after(query, order, descending=True, cursor_text=cursor, limit=limit)


def _all(now: datetime) -> Subquery:
    """Put the promises of every source together, each with its state.

    What is promised by a day may come all that day.
    """
    parts = [
        module.rows(now).add_columns(literal(name).label("source"))
        for name, module in sources().items()
    ]
    both = union_all(*parts).subquery()
    given, ends = both.c.given_at, day_later(both.c.due_at)
    state = case(
        (and_(given.is_(None), ends > now), promises.WAITING),
        (given.is_(None), promises.LATE),
        (given < ends, promises.KEPT),
        else_=promises.KEPT_LATE,
    )
    key = func.lower(func.trim(both.c.institution)).label("key")
    return select(*both.c, key, state.label("state")).subquery()
