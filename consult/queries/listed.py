"""The people of a consultation on a list: who they are, who was written to, who took part."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select

from ..models import (
    Account,
    Consultation,
    Contribution,
    ListedPerson,
    Participant,
    Stance,
    Statement,
)
from . import access_codes, paging

Rows = Select[*tuple[Any, ...]]


def is_listed(email: Any, participant_id: Any) -> ColumnElement[bool]:
    """Tell which consultations an address or the holder of a code may enter; correlated."""
    ways: list[ColumnElement[bool]] = []
    if email is not None:
        ways.append(
            select(ListedPerson.email)
            .where(ListedPerson.consultation_id == Consultation.id, ListedPerson.email == email)
            .correlate(Consultation)
            .exists()
        )
    if participant_id is not None:
        ways.append(access_codes.is_held_by(participant_id))
    return or_(false(), *ways)


def took_part(consultation_id: str) -> ColumnElement[bool]:
    """Tell which people of a list sent a text or gave an opinion."""
    wrote = select(Contribution.participant_id).where(
        Contribution.consultation_id == consultation_id
    )
    weighed = (
        select(Stance.participant_id)
        .join(Statement, Statement.id == Stance.statement_id)
        .where(Statement.consultation_id == consultation_id)
    )
    acted = (
        select(Account.email)
        .join(Participant, Participant.account_id == Account.id)
        .where(or_(Participant.id.in_(wrote), Participant.id.in_(weighed)))
    )
    return ListedPerson.email.in_(acted)


def people(consultation_id: str, cursor: str | None = None) -> Rows:
    """Select a page of the list, in the order of the addresses."""
    query: Rows = select(
        ListedPerson.email,
        ListedPerson.letters,
        ListedPerson.written_at,
        took_part(consultation_id).label("took_part"),
    ).where(ListedPerson.consultation_id == consultation_id)
    columns: tuple[ColumnElement[Any], ...] = (ListedPerson.email,)  # type: ignore[assignment]
    return paging.after(query, columns, descending=False, cursor_text=cursor)


def counts(consultation_id: str) -> Rows:
    """Select how many people are on the list, and how many of them took part."""
    here = ListedPerson.consultation_id == consultation_id
    return select(
        func.count().label("people"),
        func.count().filter(took_part(consultation_id)).label("took_part"),
    ).where(here)


def to_write_to(consultation_id: str, before: datetime, *, again: bool) -> Rows:
    """Select those who never had a letter and, again, those whose last one is older and unheard."""
    never = ListedPerson.written_at.is_(None)
    silent = and_(ListedPerson.written_at <= before, ~took_part(consultation_id))
    return (
        select(ListedPerson.email, ListedPerson.letters)
        .where(
            ListedPerson.consultation_id == consultation_id,
            or_(and_(never, ~took_part(consultation_id)), silent) if again else never,
        )
        .order_by(ListedPerson.email)
    )
