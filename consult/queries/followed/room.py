"""Following a public room: what came of its votes, its decisions and documents, its meetings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, literal, select

from ...domain.kinds import N_
from ...models import Poll, Room, RoomDocument, RoomEvent, Territory
from .. import consultations, frames
from . import _rows

RANK = 49
LABEL = N_("Room")
LABELS = {
    "poll_counted": N_("Result of a vote"),
    "poll_opened": N_("The room votes"),
    "room_document": N_("New document"),
    "room_decision": N_("New decision"),
    "room_meeting": N_("A meeting is planned"),
}
PATH = literal("/rooms/") + Room.slug
POLL = literal("/polls/") + Poll.id


def named(keys: Sequence[str], reader: consultations.Reader, now: datetime) -> _rows.Rows:
    """Select the name, the path and the time zone of public rooms."""
    return (
        select(
            Room.id.label("key"),
            Room.name.label("title"),
            PATH.label("path"),
            func.coalesce(Territory.time_zone, frames.ZONE).label("time_zone"),
        )
        .outerjoin(Territory, Territory.code == Room.territory_code)
        .where(Room.id.in_(keys), Room.is_private.is_(False))
    )


def news(key: str, window: _rows.Window) -> list[Any]:
    """Return the selects of what happened in a room."""
    papers = PATH + literal("/documents/") + RoomDocument.id
    meetings = PATH + literal("/events/") + RoomEvent.id
    open_ones = (Poll.counted_at.is_(None), Poll.cancelled_at.is_(None))
    decided = RoomDocument.kind == "decision"
    made, planned = RoomDocument.created_at, RoomEvent.created_at
    query = _Query(key, window)
    return [
        query("poll_counted", Poll, Poll.counted_at, POLL, Poll.question),
        query("poll_opened", Poll, Poll.opened_at, POLL, Poll.question).where(*open_ones),
        query("room_decision", RoomDocument, made, papers, RoomDocument.title).where(decided),
        query("room_document", RoomDocument, made, papers, RoomDocument.title).where(~decided),
        query("room_meeting", RoomEvent, planned, meetings, RoomEvent.title).where(
            RoomEvent.cancelled_at.is_(None)
        ),
    ]


class _Query(NamedTuple):
    """The selects of what happened in a public room in a window of time, the last first."""

    key: str
    window: _rows.Window

    def __call__(self, what: str, model: Any, at: Any, path: Any, title: Any) -> _rows.Rows:
        query = _rows.row(what, model.id, at, "", path, title)
        return (
            query.join(Room, Room.id == model.room_id)
            .where(Room.id == self.key, Room.is_private.is_(False), self.window.holds(at))
            .order_by(at.desc(), model.id.desc())
            .limit(_rows.MOST + 1)
        )
