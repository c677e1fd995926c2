"""Who was heard in the reading of a consultation: by theme, territory, college and channel."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    case,
    cast,
    func,
    literal,
    null,
    select,
)
from sqlalchemy.orm import aliased

from ..domain import readings
from ..models import Consultation, Statement, Territory, Theme
from . import participation
from .readings import became, is_counted, joined

Rows = Select[*tuple[Any, ...]]
THEME, TERRITORY, COLLEGE, CHANNEL = BY = ("theme", "territory", "college", "channel")
NUMBERS = ("total", "read", "used")


def coverage(consultation: Consultation, by: str) -> Rows:
    """Select, for each part of a kind: (key, label, total, read, used), those with nothing too.

    A key that is null is what people did not say. `read` counts all but what is not read yet.
    """
    if by == THEME:
        return _themes(consultation.id)
    if by == TERRITORY:
        return _territories(consultation)
    column: Any = Statement.actor_kind if by == COLLEGE else Statement.channel
    found = _counted(consultation.id, column)
    return select(found).order_by(found.c.total.desc(), found.c.key)


def _numbers() -> tuple[ColumnElement[Any], ...]:
    what = became()
    return (
        func.count().label("total"),
        func.sum(case((what == readings.UNREAD, 0), else_=1)).label("read"),
        func.sum(case((what == readings.USED, 1), else_=0)).label("used"),
    )


def _counted(consultation_id: str, key: ColumnElement[Any]) -> Any:
    return (
        select(key.label("key"), cast(null(), String).label("label"), *_numbers())
        .select_from(joined())
        .where(is_counted(consultation_id))
        .group_by(key)
        .subquery()
    )


def _themes(consultation_id: str) -> Rows:
    """Count what hangs on a text with the theme of that text."""
    pairs = (
        select(Statement.theme_id, Statement.parent_id, *_numbers())
        .select_from(joined())
        .where(is_counted(consultation_id))
        .group_by(Statement.theme_id, Statement.parent_id)
        .subquery()
    )
    parent, above = aliased(Statement), aliased(Statement)
    key = func.coalesce(pairs.c.theme_id, parent.theme_id, above.theme_id)
    sums = (cast(func.sum(pairs.c[name]), Integer).label(name) for name in NUMBERS)
    found = (
        select(key.label("key"), *sums)
        .select_from(pairs)
        .outerjoin(parent, parent.id == pairs.c.parent_id)
        .outerjoin(above, above.id == parent.parent_id)
        .group_by(key)
        .subquery()
    )
    label = Theme.label + ". " + Theme.title
    named = (
        select(Theme.id, label, *_zeros(found), Theme.position.label("place"))
        .outerjoin(found, found.c.key == Theme.id)
        .where(Theme.consultation_id == consultation_id)
    )
    return _with_unsaid(named, found, 1_000_000)


def _territories(consultation: Consultation) -> Rows:
    level = participation.usual_level(consultation.territory_code)
    lower, upper = aliased(Territory), aliased(Territory)
    key = participation.place(level, lower, upper)
    found = (
        select(key.label("key"), *_numbers())
        .select_from(joined())
        .outerjoin(lower, lower.code == Statement.territory_code)
        .outerjoin(upper, upper.code == lower.parent_code)
        .where(is_counted(consultation.id))
        .group_by(key)
        .subquery()
    )
    total = func.coalesce(found.c.total, 0)
    named = (
        select(Territory.code, Territory.name, *_zeros(found), (-total).label("place"))
        .outerjoin(found, found.c.key == Territory.code)
        .where(participation.expected(level, consultation.territory_code) | (total > 0))
    )
    return _with_unsaid(named, found, 1)


def _zeros(found: Any) -> tuple[ColumnElement[Any], ...]:
    return tuple(func.coalesce(found.c[name], 0) for name in NUMBERS)


def _with_unsaid(named: Rows, found: Any, last: int) -> Rows:
    """Put what people did not say after what they said; `last` comes after every place."""
    unsaid = select(
        cast(null(), String),
        cast(null(), String),
        found.c.total,
        found.c.read,
        found.c.used,
        literal(last),
    ).where(found.c.key.is_(None))
    both = named.union_all(unsaid).subquery()
    key, label, total, read, used, place = both.c
    return select(
        key.label("key"),
        label.label("label"),
        total.label("total"),
        read.label("read"),
        used.label("used"),
    ).order_by(place, label, key)
