"""Following a matter that began in a public room: each of its steps."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal, select

from ...domain.kinds import N_
from ...domain.matters import table
from ...models import Matter, MatterEvent, Poll, Room, Territory
from .. import consultations, frames
from . import _rows

RANK = 48
LABEL = N_("Matter of a room")
LABELS = {
    "matter_moved": N_("It has moved on"),
    "matter_answered": N_("It is answered"),
    "matter_voted": N_("A room has voted on it"),
}
PATH = literal("/matters/") + Matter.id
ANSWERS = ("decide", "settle_below", "timeout_lapse", "answer_joined")
# What says nothing to whoever waits for an answer.
QUIET = ("acknowledge", "ask", "withdraw", "close", "timeout_ack")


def named(keys: Sequence[str], reader: consultations.Reader, now: datetime) -> _rows.Rows:
    """Select the title, the path and the time zone of matters that public rooms began."""
    return (
        select(
            Matter.id.label("key"),
            Matter.title.label("title"),
            PATH.label("path"),
            func.coalesce(Territory.time_zone, frames.ZONE).label("time_zone"),
        )
        .join(Room, Room.id == Matter.origin_room_id)
        .outerjoin(Territory, Territory.code == Room.territory_code)
        .where(Matter.id.in_(keys), Room.is_private.is_(False), Matter.stage != table.DRAFT)
    )


def news(key: str, window: _rows.Window) -> list[Any]:
    """Return the selects of what happened to a matter."""
    return [
        _steps(key, window, "matter_answered", MatterEvent.name.in_(ANSWERS)),
        _steps(key, window, "matter_moved", MatterEvent.name.not_in((*ANSWERS, *QUIET))),
        _votes(key, window),
    ]


def _votes(key: str, window: _rows.Window) -> _rows.Rows:
    """Select the votes of public rooms about a matter that were counted."""
    at, path = Poll.counted_at, literal("/polls/") + Poll.id
    return (
        _rows.row("matter_voted", Poll.id, at, "", path, Poll.question)
        .join(Room, Room.id == Poll.room_id)
        .where(Poll.subject == key, Room.is_private.is_(False), window.holds(at))
        .order_by(at.desc(), Poll.id.desc())
        .limit(_rows.MOST + 1)
    )


def _steps(key: str, window: _rows.Window, what: str, which: Any) -> _rows.Rows:
    excerpt = func.substr(MatterEvent.reasons, 1, _rows.EXCERPT)
    query = _rows.row(what, MatterEvent.id, MatterEvent.at, excerpt, PATH)
    return (
        query.join(Matter, Matter.id == MatterEvent.matter_id)
        .join(Room, Room.id == Matter.origin_room_id)
        .where(
            Matter.id == key,
            Room.is_private.is_(False),
            which,
            window.holds(MatterEvent.at),
        )
        .order_by(MatterEvent.at.desc(), MatterEvent.id.desc())
        .limit(_rows.MOST + 1)
    )
