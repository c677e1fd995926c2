"""What waits to be read, in full, the oldest due first, for whoever may decide about it.

One queue for every family of `queries.moderated`.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from ..domain import moderation
from ..models import Decision, PassedOn
from ..models.statements import QUEUED
from . import moderated, paging
from .moderated._who import COUNTED, REPORTED, STATES, Filters, Moderator

Rows = Select[*tuple[Any, ...]]
__all__ = ["COUNTED", "REPORTED", "STATES", "Filters", "Moderator"]
COMPARED = 300
NEWEST_FIRST = frozenset({"hidden", "published"})
FAMILIES = tuple(moderated.families().values())
KINDS = tuple(kind for family in FAMILIES for kind in family.KINDS)


def queue(
    by: Moderator, state: str, filters: Filters, now: datetime, cursor: str | None = None
) -> Rows:
    """Select a page, and one row more, of the texts of a state, whole.

    The oldest due first; what is no longer to be read, the newest first. Each family reads its own
    page by its own index; `due_at` and `id` are the keys of the cursor, `role` that in which this
    person reads it.
    """
    newest = state in NEWEST_FIRST
    parts = []
    for family in FAMILIES:
        due = family.due(state)
        part = family.rows(now).add_columns(due.label("due_at"), family.role_here(by).label("role"))
        part = part.where(*narrowed(family, by, state, filters))
        part = paging.after(part, (due, family.ITEM.id), descending=newest, cursor_text=cursor)
        parts.append(select(part.subquery()))
    whole = union_all(*parts).subquery()
    order = [column.desc() if newest else column.asc() for column in (whole.c.due_at, whole.c.id)]
    return select(whole).order_by(*order).limit(paging.SIZE + 1)


def narrowed(family: Any, by: Moderator, state: str, filters: Filters) -> list[ColumnElement[bool]]:
    """Return the conditions of one list of the queue, for one family."""
    key = family.ITEM.id
    found = [family.is_in(state), family.in_reach(by), *family.narrowed_to(filters)]
    if filters.ids is not None:
        found.append(key.in_(filters.ids))
    if state == "pending":
        left = getattr(PassedOn, family.KEY)
        mine = key.in_(select(left).where(PassedOn.account_id == by.account_id, left.is_not(None)))
        found.append(mine if filters.passed_on else ~mine)
    return found


def oldest(by: Moderator, filters: Filters) -> Rows:
    """Select the words of the texts due first: to find those alike, and what they may hold."""
    parts = []
    for family in FAMILIES:
        due = family.due("pending")
        words = select(family.ITEM.id, *family.WORDS, due.label("due_at"))
        words = words.where(*narrowed(family, by, "pending", filters))
        parts.append(select(words.order_by(due, family.ITEM.id).limit(COMPARED).subquery()))
    whole = union_all(*parts).subquery()
    return select(whole).order_by(whole.c.due_at, whole.c.id).limit(COMPARED)


def choices(by: Moderator, filters: Filters, now: datetime) -> CompoundSelect[*tuple[Any, ...]]:
    """Select what stands around a list: rows of (what, key, label, number).

    How many texts are in each state, counting no further than one above the bound in each family;
    where those due first are; and the last decision that can still be undone.
    """
    mine = Filters(filters.consultation, filters.kind, passed_on=True, call=filters.call)
    parts = []
    for family in FAMILIES:
        for state in (*QUEUED, REPORTED):
            parts.append(_counted("state", state, family, narrowed(family, by, state, filters)))
        parts.append(_counted("passed", "pending", family, narrowed(family, by, "pending", mine)))
        parts.append(select(family.places(by).subquery()))
    return union_all(*parts, _undoable(by, now))


def reported(by: Moderator) -> CompoundSelect[*tuple[Any, ...]]:
    """Select how many texts of each family someone is to answer for, in the shape of `choices`."""
    lists = ((family, narrowed(family, by, REPORTED, Filters())) for family in FAMILIES)
    return union_all(*(_counted("state", REPORTED, one, conditions) for one, conditions in lists))


def _counted(what: str, key: str, family: Any, conditions: list[ColumnElement[bool]]) -> Rows:
    found = select(family.ITEM.id).where(*conditions).limit(COUNTED + 1).subquery()
    return select(
        literal(what).label("what"),
        literal(key).label("key"),
        literal("").label("label"),
        func.count().label("number"),
    ).select_from(found)


def _undoable(by: Moderator, now: datetime) -> Rows:
    last = (
        select(Decision.batch_id, Decision.to_state, Decision.decided_at)
        .where(
            Decision.account_id == by.account_id,
            Decision.decided_at >= now - moderation.UNDO_WITHIN,
            Decision.undone_at.is_(None),
        )
        .order_by(Decision.decided_at.desc(), Decision.id.desc())
        .limit(1)
        .subquery()
    )
    whole = aliased(Decision)
    number = select(func.count()).where(whole.batch_id == last.c.batch_id).scalar_subquery()
    return select(literal("undo"), last.c.batch_id, last.c.to_state, number)


def last_decisions(ids: list[str]) -> Select[Decision]:
    """Select the decisions in force about some texts, the latest first."""
    about = or_(*(getattr(Decision, family.KEY).in_(ids) for family in FAMILIES))
    return (
        select(Decision)
        .where(about, Decision.undone_at.is_(None))
        .order_by(Decision.decided_at.desc(), Decision.id.desc())
    )


def in_force(family: Any, item_id: str) -> Select[Decision]:
    """Select the last decision about a text that was not undone."""
    return (
        select(Decision)
        .where(getattr(Decision, family.KEY) == item_id, Decision.undone_at.is_(None))
        .order_by(Decision.decided_at.desc(), Decision.id.desc())
        .limit(1)
    )


def seen_by(family: Any, by: Moderator, ids: list[str]) -> Rows:
    """Select some texts of a family, those in someone's reach."""
    item = family.ITEM
    return select(item).where(item.id.in_(ids), family.in_reach(by)).order_by(item.id)
