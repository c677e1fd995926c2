"""Which facilitators are told each morning, for which rooms, and what is late there."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.orm import aliased

from ..domain import reminders
from ..models import (
    Account,
    Decision,
    FacilitatorMorning,
    Room,
    RoomMember,
    SecondReading,
    StoppedLetters,
    Subscriber,
    Territory,
)
from . import moderation, second_readings
from .rooms import runs_now

Rows = Select[*tuple[Any, ...]]


def unknown() -> Rows:
    """Select the facilitators who have no morning yet, with their clocks."""
    return (
        select(RoomMember.account_id, func.min(_zone()).label("zone"))
        .join(Account, Account.id == RoomMember.account_id)
        .join(Room, Room.id == RoomMember.room_id)
        .outerjoin(Territory, Territory.code == Room.territory_code)
        .outerjoin(Subscriber, Subscriber.email == Account.email)
        .outerjoin(FacilitatorMorning, FacilitatorMorning.account_id == RoomMember.account_id)
        .where(runs_now(), FacilitatorMorning.account_id.is_(None))
        .group_by(RoomMember.account_id)
        .order_by(RoomMember.account_id)
    )


def due(now: datetime) -> Rows:
    """Select the mornings that have come, the oldest first, with whom they are of.

    `zone` is null for who facilitates no room any more, `stopped` true for who wants no letter.
    """
    zone = (
        select(func.min(_zone()))
        .select_from(RoomMember)
        .join(Room, Room.id == RoomMember.room_id)
        .outerjoin(Territory, Territory.code == Room.territory_code)
        .where(RoomMember.account_id == Account.id, runs_now())
        .correlate(Account, Subscriber)
        .scalar_subquery()
    )
    stopped = (
        select(StoppedLetters.account_id)
        .where(StoppedLetters.account_id == Account.id, StoppedLetters.subject == reminders.SUBJECT)
        .exists()
    )
    return (
        select(
            Account.id,
            Account.email,
            func.coalesce(Subscriber.locale, "fr").label("locale"),
            FacilitatorMorning.next_at,
            zone.label("zone"),
            stopped.label("stopped"),
        )
        .join(FacilitatorMorning, FacilitatorMorning.account_id == Account.id)
        .outerjoin(Subscriber, Subscriber.email == Account.email)
        .where(FacilitatorMorning.next_at <= now)
        .order_by(FacilitatorMorning.next_at, Account.id)
    )


def answered_for(account_id: str) -> Rows:
    """Select the rooms a facilitator answers for: their own, and those below that nobody runs."""
    own = select(RoomMember.room_id).where(RoomMember.account_id == account_id, runs_now())
    tree = select(Room.id, Room.name).where(Room.id.in_(own)).cte(recursive=True)
    inner, runs = aliased(Room), aliased(RoomMember)
    is_run = (
        select(runs.id)
        .join(Account, Account.id == runs.account_id)
        .where(
            runs.room_id == inner.id,
            runs_now(runs),
            Account.active,
        )
        .exists()
    )
    tree = tree.union(
        select(inner.id, inner.name).join(tree, inner.parent_id == tree.c.id).where(~is_run)
    )
    return select(tree.c.id, tree.c.name).order_by(tree.c.name, tree.c.id)


def late_texts(room_ids: Sequence[str], delay: timedelta, now: datetime) -> Rows:
    """Select how many texts wait past their time in each of some rooms, and since when."""
    return _late("pending", room_ids, now - delay)


def late_reports(room_ids: Sequence[str], delay: timedelta, now: datetime) -> Rows:
    """Select how many reported texts wait past their time in each of some rooms, since when."""
    return _late(moderation.REPORTED, room_ids, now - delay)


def _late(state: str, room_ids: Sequence[str], before: datetime) -> Rows:
    parts = []
    for family in moderation.FAMILIES:
        since = family.due(state)
        told = select(family.room_of().label("room_id"), since.label("since"))
        parts.append(told.where(family.is_in(state), since <= before))
    return _counted(union_all(*parts), room_ids)


def late_second_readings(room_ids: Sequence[str], account_id: str, now: datetime) -> Rows:
    """Select how many second readings are late in each of some rooms, for someone to decide."""
    found = (
        select(SecondReading.room_id, SecondReading.due_at.label("since"))
        .join(Decision, Decision.id == SecondReading.decision_id)
        .where(
            second_readings.IS_OPEN,
            SecondReading.due_at <= now,
            Decision.account_id.is_distinct_from(account_id),
        )
    )
    return _counted(found, room_ids)


def _counted(found: Any, room_ids: Sequence[str]) -> Rows:
    rows = found.subquery()
    return (
        select(rows.c.room_id, func.count().label("number"), func.min(rows.c.since).label("since"))
        .where(rows.c.room_id.in_(room_ids))
        .group_by(rows.c.room_id)
        .order_by(rows.c.room_id)
    )


def _zone() -> Any:
    return func.coalesce(Subscriber.time_zone, Territory.time_zone, "Europe/Paris")
