"""Statements: who sees which, and the narrow rows that lists are made of."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select, true

from ..domain.errors import RuleBroken
from ..models import (
    AnswerQuestion,
    Consultation,
    Organisation,
    Outcome,
    Statement,
    Territory,
    Theme,
)
from . import consultations, organisers, paging

EXCERPT = 700

NEWEST: Final = "newest"
OLDEST: Final = "oldest"
LEAST_EXPOSED: Final = "exposed"
SUPPORTED: Final = "supported"
DISCUSSED: Final = "discussed"

IDENTIFIER = re.compile(r"[0-9A-Za-z_-]{1,18}")
PUBLISHED = Statement.state == "published"


class Order(NamedTuple):
    """How a list is sorted: its columns, the last one unique, and the direction."""

    columns: tuple[ColumnElement[Any], ...]
    descending: bool


ORDERS: dict[str, Order] = {
    NEWEST: Order((Statement.created_at, Statement.id), descending=True),  # type: ignore[arg-type]
    OLDEST: Order((Statement.created_at, Statement.id), descending=False),  # type: ignore[arg-type]
    LEAST_EXPOSED: Order((Statement.exposures, Statement.id), descending=False),  # type: ignore[arg-type]
    SUPPORTED: Order((Statement.score, Statement.id), descending=True),  # type: ignore[arg-type]
    DISCUSSED: Order((Statement.replies, Statement.id), descending=True),  # type: ignore[arg-type]
}

COUNTS = (
    (Statement.agree + Statement.declared_agree).label("agree"),
    (Statement.mixed + Statement.declared_mixed).label("mixed"),
    (Statement.disagree + Statement.declared_disagree).label("disagree"),
    Statement.score,
)
SIGNATURE = (
    Statement.signed_as,
    Statement.signature,
    Statement.function,
    Statement.speaks_from,
    Statement.actor_kind,
    Statement.channel,
    Statement.place,
    Organisation.slug.label("organisation_slug"),
    Territory.name.label("territory_name"),
)
ROW = (
    Statement.id,
    Statement.kind,
    Statement.state,
    Statement.consultation_id,
    Statement.theme_id,
    Statement.question_id,
    Statement.parent_id,
    Statement.carried_from_id,
    Statement.position,
    Statement.title,
    func.substr(Statement.body, 1, EXCERPT).label("body"),
    func.length(Statement.body).label("body_length"),
    Statement.explanation,
    Statement.value,
    Statement.side,
    Statement.link,
    *SIGNATURE,
    Statement.version,
    Statement.created_at,
    Statement.updated_at,
    Statement.decision,
    Statement.decision_reason,
    Statement.decided_at,
    *COUNTS,
    Statement.comments,
    Statement.arguments,
    Statement.sources,
    Statement.amendments,
    Statement.replies,
    Statement.exposures,
)


@dataclass(frozen=True)
class Scope:
    """Which statements a list holds: one of consultation, question, theme or parent, and filters.

    Only published ones unless `state` says otherwise; None stands for any state.
    """

    kind: str
    consultation_id: str | None = None
    question_id: str | None = None
    theme_id: str | None = None
    parent_id: str | None = None
    organisation_id: str | None = None
    participant_id: str | None = None
    territories: Sequence[str] | Select[str] | None = None
    verdict: str | None = None
    actor_kind: str | None = None
    side: str | None = None
    state: str | None = "published"


def rows(
    scope: Scope, *, order: str = NEWEST, cursor: str | None = None, limit: int = paging.SIZE
) -> Select[Any]:
    """Select one page of narrow rows, and one row more; give both to `page`."""
    query = select(*ROW).select_from(Statement)
    query = query.outerjoin(Organisation, Organisation.id == Statement.organisation_id)
    query = query.outerjoin(Territory, Territory.code == Statement.territory_code)
    if scope.question_id is None:
        return _paged(query.where(*conditions(scope)), order, cursor, limit)
    addressed = _addressed(scope, order, cursor, limit)
    return _paged(query.where(Statement.id.in_(addressed)), order, None, limit)


def page(
    found: Sequence[Row[Any]], *, order: str = NEWEST, limit: int = paging.SIZE
) -> tuple[Sequence[Row[Any]], str | None]:
    """Split what `rows` read into the page and the next page's cursor, if any."""
    return paging.cut(found, keys(order), limit)


def count(scope: Scope, most: int) -> Select[int]:
    """Select how many statements a list holds, counting no further than one above `most`."""
    ids = select(Statement.id).where(*conditions(scope))
    if scope.question_id is not None:
        further = select(AnswerQuestion.statement_id).where(
            AnswerQuestion.question_id == scope.question_id
        )
        ids = ids.where(or_(Statement.question_id == scope.question_id, Statement.id.in_(further)))
    return select(func.count()).select_from(ids.limit(most + 1).subquery())


def keys(order: str) -> Callable[[Row[Any]], Sequence[object]]:
    """Return the function that reads a row's sort keys."""
    names = [column.key or "" for column in _order(order).columns]
    return lambda row: [getattr(row, name) for name in names]


def is_visible(
    reader: consultations.Reader, participant_id: str | None, now: datetime
) -> ColumnElement[bool]:
    """Tell which statements a reader may know of; join `Consultation` and, outer, `Theme`.

    Published ones of a visible consultation; one's own in every state; to the organiser all but
    what its author withdrew or has not confirmed.
    """
    shown: list[ColumnElement[bool]] = [and_(PUBLISHED, or_(Theme.id.is_(None), ~Theme.hidden))]
    if participant_id is not None:
        shown.append(Statement.participant_id == participant_id)
    theirs = Statement.state.not_in(("awaiting", "withdrawn"))
    if reader.sees_all:
        shown.append(theirs)
    elif reader.account_id is not None:
        shown.append(and_(theirs, organisers.is_organised_by(reader.account_id)))
    return and_(consultations.is_visible(reader, now), or_(*shown))


def visible_to(
    reader: consultations.Reader, participant_id: str | None, now: datetime
) -> Select[Statement, Consultation]:
    """Select the statements a reader may know of, each with its consultation."""
    return (
        select(Statement, Consultation)
        .join(Consultation, Consultation.id == Statement.consultation_id)
        .outerjoin(Theme, Theme.id == Statement.theme_id)
        .where(is_visible(reader, participant_id, now))
    )


def _order(name: str) -> Order:
    if name not in ORDERS:
        raise RuleBroken("page-unknown", 404)
    return ORDERS[name]


def _paged(query: Select[Any], order: str, cursor: str | None, limit: int) -> Select[Any]:
    columns, descending = _order(order)
    return paging.after(query, columns, descending=descending, cursor_text=cursor, limit=limit)


def conditions(scope: Scope, *, walked: bool = True) -> list[ColumnElement[bool]]:
    """Return the filters of a scope, its question left out.

    Unless the consultation's own index is to be `walked`, that filter is written so that no
    database may read every text of the consultation to find the few that are looked for.
    """
    found = [Statement.kind == scope.kind]
    place: Any = Statement.consultation_id
    equal = (
        (place if walked else func.coalesce(place, ""), scope.consultation_id),
        (Statement.theme_id, scope.theme_id),
        (Statement.parent_id, scope.parent_id),
        (Statement.organisation_id, scope.organisation_id),
        (Statement.participant_id, scope.participant_id),
        (Statement.actor_kind, scope.actor_kind),
        (Statement.side, scope.side),
        (Statement.state, scope.state),
    )
    found += [column == value for column, value in equal if value is not None]
    if scope.territories is not None:
        found.append(Statement.territory_code.in_(scope.territories))
    if scope.verdict is not None:
        answered = select(Outcome.statement_id).where(Outcome.statement_id == Statement.id)
        found.append(answered.where(Outcome.verdict == scope.verdict).exists())
    if scope.state == "published" and scope.parent_id is None:
        found.append(_theme_is_shown(scope))
    return found


def _theme_is_shown(scope: Scope) -> ColumnElement[bool]:
    hidden = select(Theme.id).where(Theme.hidden)
    if scope.consultation_id is not None:
        hidden = hidden.where(Theme.consultation_id == scope.consultation_id)
    elif scope.theme_id is not None:
        hidden = hidden.where(Theme.id == scope.theme_id)
    elif scope.question_id is not None:
        return true()  # whoever lists a question has already found it visible
    return or_(Statement.theme_id.is_(None), Statement.theme_id.not_in(hidden))


def _addressed(scope: Scope, order: str, cursor: str | None, limit: int) -> Select[Any]:
    """Select the page's ids for a question: answers to it, and those addressed to it as well.

    Each half is read in the order of its own index and stops at the limit, where one condition
    with OR would read and sort every answer.
    """
    filters = conditions(scope)
    own = select(Statement.id).where(Statement.question_id == scope.question_id, *filters)
    further = (
        select(Statement.id)
        .join(AnswerQuestion, AnswerQuestion.statement_id == Statement.id)
        .where(
            AnswerQuestion.question_id == scope.question_id,
            Statement.question_id.is_distinct_from(scope.question_id),
            *conditions(scope, walked=False),
        )
    )
    halves = [_paged(half, order, cursor, limit).subquery() for half in (own, further)]
    both = halves[0].select().union_all(halves[1].select()).subquery()
    return select(both.c.id)
