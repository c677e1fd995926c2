"""Texts of consultations, as what is moderated: answers, proposals and all that hangs on them."""

import sys
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from ...domain import roles
from ...domain import rooms as levels
from ...models import (
    Consultation,
    CoOrganiser,
    Organisation,
    Question,
    Statement,
    Territory,
    Theme,
)
from ...models import statements as models
from .. import reports, rooms
from . import _columns, _who

Rows = Select[*tuple[Any, ...]]
ITEM, KEY, KINDS = Statement, "statement_id", models.KINDS
WORDS = (Statement.search, Statement.title, Statement.body, Statement.explanation)


def state() -> Any:
    """Give the state of a text."""
    return Statement.state


def in_reach(by: _who.Moderator) -> ColumnElement[bool]:
    """Tell which texts someone may decide about.

    Those of the consultations they organise, and those whose place is read by a room they
    facilitate or by one below it.
    """
    shown = Statement.state.not_in(("awaiting", "withdrawn"))
    if by.sees_all:
        return shown
    return and_(shown, or_(runs_place(by), _is_of_their_rooms(by)))


def role_here(by: _who.Moderator) -> ColumnElement[str]:
    """Name the role in which someone decides about a text in their reach."""
    if by.sees_all:
        return literal(roles.ADMINISTRATOR)
    return case((runs_place(by), roles.ORGANISER), else_=levels.FACILITATOR)


def runs_place(by: _who.Moderator) -> ColumnElement[bool]:
    """Tell which texts are of the consultations that someone organises."""
    found = []
    if by.organises:
        opened = select(Consultation.id).where(Consultation.owner_id == by.account_id)
        found.append(Statement.consultation_id.in_(opened))
    if by.organises or by.joins:
        joined = select(CoOrganiser.consultation_id).where(CoOrganiser.account_id == by.account_id)
        found.append(Statement.consultation_id.in_(joined))
    return or_(false(), *found)


def _is_of_their_rooms(by: _who.Moderator) -> ColumnElement[bool]:
    if not by.facilitates:
        return false()
    return room_of().in_(rooms.held_by(by.account_id))


def room_of() -> ColumnElement[str | None]:
    """Give the room that reads a text."""
    return rooms.room_of()


def is_in(wanted: str) -> ColumnElement[bool]:
    """Tell what is in a state, written out so that the index kept for the queue serves."""
    if _who.known(wanted) == _who.REPORTED:
        return and_(is_in("published"), Statement.id.in_(reports.waiting(Statement)))
    return literal_column("statement.state") == literal_column(f"'{wanted}'")


def due(wanted: str) -> Any:
    """Give the instant since when a text of a state waits."""
    return reports.first(Statement) if wanted == _who.REPORTED else Statement.updated_at


def narrowed_to(filters: _who.Filters) -> list[ColumnElement[bool]]:
    """Return the conditions of a narrowing to a consultation, a call or a kind."""
    found: list[ColumnElement[bool]] = []
    if filters.consultation is not None:
        named = select(Consultation.id).where(Consultation.slug == filters.consultation)
        found.append(Statement.consultation_id == named.scalar_subquery())
    if filters.kind is not None:
        found.append(Statement.kind == filters.kind)
    return found if filters.call is None else [false()]


def rows(now: datetime) -> Rows:
    """Select texts whole, with what is needed to judge them."""
    parent = aliased(Statement)
    told = {name: getattr(Statement, name) for name in _columns.SAID if name != "time_zone"}
    told |= {name: getattr(Statement, name) for name in ("side", "actor_kind", "signature")}
    told |= {name: getattr(Statement, name) for name in ("title", "body", "explanation", "link")}
    told |= {name: getattr(Statement, name) for name in ("function", "place")}
    told |= {
        "time_zone": Consultation.time_zone,
        "organisation_name": Organisation.name,
        "territory_name": Territory.name,
        "place_title": Consultation.title,
        "place_path": literal("/consultations/") + Consultation.slug,
        "theme_label": Theme.label,
        "theme_title": Theme.title,
        "theme_number": Theme.number,
        "wording": Question.wording,
        "question_number": Question.number,
        "parent_id": parent.id,
        "parent_kind": parent.kind,
        "parent_title": parent.title,
        "parent_body": parent.body,
    }
    return (
        _columns.whole(sys.modules[__name__], told, now)
        .join(Consultation, Consultation.id == Statement.consultation_id)
        .outerjoin(Theme, Theme.id == Statement.theme_id)
        .outerjoin(Question, Question.id == Statement.question_id)
        .outerjoin(Organisation, Organisation.id == Statement.organisation_id)
        .outerjoin(Territory, Territory.code == Statement.territory_code)
        .outerjoin(parent, parent.id == Statement.parent_id)
    )


def places(by: _who.Moderator) -> Rows:
    """Select the consultations of the texts due first: rows of (what, key, label, number)."""
    oldest = select(Statement.consultation_id).where(is_in("pending"), in_reach(by))
    order = (Statement.updated_at, Statement.id)
    first = oldest.order_by(*order).limit(_who.COUNTED).subquery()
    waiting = (
        select(first.c.consultation_id, func.count().label("number"))
        .group_by(first.c.consultation_id)
        .order_by(func.count().desc(), first.c.consultation_id)
        .limit(_who.MOST_CHOICES)
        .subquery()
    )
    return select(
        literal("consultation"), Consultation.slug, Consultation.title, waiting.c.number
    ).join(waiting, waiting.c.consultation_id == Consultation.id)


def named(ids: list[str]) -> Select[Statement, str]:
    """Select some texts, each with the title of its consultation."""
    return (
        select(Statement, Consultation.title)
        .join(Consultation, Consultation.id == Statement.consultation_id)
        .where(Statement.id.in_(ids))
        .order_by(Statement.id)
    )
