"""The meetings of a room, and who comes."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from ..models import (
    Account,
    EventAttendance,
    EventRegistration,
    Participant,
    RoomDocument,
    RoomEvent,
    RoomMember,
)
from . import paging

Rows = Select[*tuple[Any, ...]]
MOST = 60
SOON = timedelta(days=60)
KEYS: tuple[Any, ...] = (RoomEvent.starts_at, RoomEvent.id)


def coming(room_id: str, now: datetime, limit: int = MOST) -> Select[RoomEvent]:
    """Select the meetings of a room that are not over, the next one first."""
    return (
        select(RoomEvent)
        .where(RoomEvent.room_id == room_id, RoomEvent.ends_at > now)
        .order_by(RoomEvent.starts_at, RoomEvent.id)
        .limit(limit)
    )


def next_one(room_id: str, now: datetime) -> Select[RoomEvent]:
    """Select the next meeting of a room that takes place."""
    return coming(room_id, now, 1).where(RoomEvent.cancelled_at.is_(None))


def past(room_id: str, now: datetime, cursor: str | None = None) -> Rows:
    """Select a page of the meetings that are over, the latest first, with their minutes' id."""
    query = select(RoomEvent, _minutes().label("minutes_id")).where(
        RoomEvent.room_id == room_id, RoomEvent.ends_at <= now
    )
    return paging.after(query, KEYS, descending=True, cursor_text=cursor)


def of_calendar(room_id: str) -> Select[RoomEvent]:
    """Select the meetings that a calendar is given, the latest ones."""
    query = select(RoomEvent).where(RoomEvent.room_id == room_id)
    return query.order_by(RoomEvent.starts_at.desc(), RoomEvent.id).limit(500)


def recent(room_id: str, now: datetime) -> Select[RoomEvent]:
    """Select the meetings that took place or soon do, the latest first."""
    held = (RoomEvent.room_id == room_id, RoomEvent.cancelled_at.is_(None))
    soon = RoomEvent.starts_at <= now + SOON
    query = select(RoomEvent).where(*held, soon)
    return query.order_by(RoomEvent.starts_at.desc(), RoomEvent.id).limit(MOST)


def event(room_id: str, event_id: str) -> Rows:
    """Select a meeting of a room, with how many said that they come, and its minutes' id."""
    coming = (
        select(func.count())
        .select_from(EventRegistration)
        .where(EventRegistration.event_id == RoomEvent.id)
        .correlate(RoomEvent)
        .scalar_subquery()
    )
    return select(RoomEvent, coming.label("coming"), _minutes().label("minutes_id")).where(
        RoomEvent.room_id == room_id, RoomEvent.id == event_id
    )


def registered(event_id: str) -> Select[EventRegistration]:
    """Select who said that they come to a meeting, the first who did first."""
    return (
        select(EventRegistration)
        .where(EventRegistration.event_id == event_id)
        .order_by(EventRegistration.created_at, EventRegistration.participant_id)
        .limit(1000)
    )


def attended(event_id: str) -> Select[EventAttendance]:
    """Select who was at a meeting, by name."""
    return (
        select(EventAttendance)
        .where(EventAttendance.event_id == event_id)
        .order_by(EventAttendance.name, EventAttendance.id)
    )


def members(room_id: str) -> Rows:
    """Select the members of a room now, by name, with the number they take part under."""
    return (
        select(Account.id, Account.name, Account.email, Participant.id.label("participant_id"))
        .join(RoomMember, RoomMember.account_id == Account.id)
        .outerjoin(Participant, Participant.account_id == Account.id)
        .where(RoomMember.room_id == room_id, RoomMember.ended_at.is_(None))
        .order_by(Account.name, Account.id)
        .limit(1000)
    )


def comes(event_id: str, participant_id: str) -> Select[EventRegistration]:
    """Select what someone said of coming to a meeting."""
    return select(EventRegistration).where(
        EventRegistration.event_id == event_id,
        EventRegistration.participant_id == participant_id,
    )


def _minutes() -> ColumnElement[Any]:
    return (
        select(RoomDocument.id)
        .where(RoomDocument.event_id == RoomEvent.id, RoomDocument.kind == "minutes")
        .correlate(RoomEvent)
        .scalar_subquery()
    )
