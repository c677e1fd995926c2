"""What a room keeps: its documents, its decisions, its commitments."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, case, select

from ..domain import registers as rules
from ..models import Commitment, Room, RoomDocument, RoomEvent
from . import paging

Rows = Select[*tuple[Any, ...]]
MOST = 200
KEYS: tuple[Any, ...] = (RoomDocument.dated_on, RoomDocument.id)


def documents(room_id: str, *, words: Sequence[str] = (), cursor: str | None = None) -> Rows:
    """Select a page of what a room keeps, the latest first; each of `words` is in it."""
    query = _documents().where(RoomDocument.room_id == room_id)
    for word in words:
        query = query.where(RoomDocument.search.contains(word, autoescape=True))
    return paging.after(query, KEYS, descending=True, cursor_text=cursor)


def decisions(room_id: str, cursor: str | None = None) -> Rows:
    """Select a page of the decisions of a room, the latest first."""
    held = RoomDocument.kind == rules.DECISION
    query = _documents().where(RoomDocument.room_id == room_id, held)
    return paging.after(query, KEYS, descending=True, cursor_text=cursor)


def document(room_id: str, document_id: str) -> Rows:
    """Select a document of a room, with the meeting that it comes from."""
    return _documents().where(RoomDocument.room_id == room_id, RoomDocument.id == document_id)


def of_meeting(event_id: str) -> Rows:
    """Select what is kept of a meeting beside its minutes, the first first."""
    held = (RoomDocument.event_id == event_id, RoomDocument.kind != rules.MINUTES)
    return _documents().where(*held).order_by(*KEYS).limit(MOST)


def with_charter(query: Rows) -> Rows:
    """Add to a query on `Room` the id of the charter of each, the latest one."""
    charter = select(RoomDocument.id).where(
        RoomDocument.room_id == Room.id, RoomDocument.kind == rules.CHARTER
    )
    latest = charter.order_by(*(key.desc() for key in KEYS)).limit(1).correlate(Room)
    return query.add_columns(latest.scalar_subquery().label("charter_id"))


def minutes(event_id: str) -> Select[RoomDocument]:
    """Select the minutes of a meeting."""
    return select(RoomDocument).where(
        RoomDocument.event_id == event_id, RoomDocument.kind == rules.MINUTES
    )


def commitments(room_id: str) -> Select[Commitment]:
    """Select the commitments of a room: those under way first, by the day they are due."""
    is_kept = case((Commitment.kept_on.is_(None), 0), else_=1)
    without_day = case((Commitment.due_on.is_(None), 1), else_=0)
    return (
        select(Commitment)
        .where(Commitment.room_id == room_id)
        .order_by(is_kept, without_day, Commitment.due_on, Commitment.id)
        .limit(MOST)
    )


def under_way(room_id: str) -> Select[Commitment]:
    """Select the commitments of a room that are not kept yet, those without a day last."""
    return commitments(room_id).where(Commitment.kept_on.is_(None))


def _documents() -> Rows:
    return select(RoomDocument, RoomEvent.title.label("event_title")).outerjoin(
        RoomEvent, RoomEvent.id == RoomDocument.event_id
    )
