"""Following what a public room sent down: its new versions, its withdrawal, its receptions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, literal, select

from ...domain.kinds import N_
from ...models import Frame, FrameReception, Room, Territory
from .. import consultations, frames
from . import _rows

RANK = 45
LABEL = N_("Frame of a room")
LABELS = {
    "frame_version": N_("The text has a new version"),
    "frame_withdrawn": N_("It is withdrawn"),
    "frame_received": N_("A room has answered"),
}
PATH = literal("/frames/") + Frame.id


def named(keys: Sequence[str], reader: consultations.Reader, now: datetime) -> _rows.Rows:
    """Select the title, the path and the time zone of frames that public rooms sent down."""
    return (
        select(
            Frame.id.label("key"),
            Frame.title.label("title"),
            PATH.label("path"),
            func.coalesce(Territory.time_zone, frames.ZONE).label("time_zone"),
        )
        .join(Room, Room.id == Frame.room_id)
        .outerjoin(Territory, Territory.code == Room.territory_code)
        .where(Frame.id.in_(keys), Room.is_private.is_(False))
    )


def news(key: str, window: _rows.Window) -> list[Any]:
    """Return the selects of what happened to a frame."""
    return [_changes(key, window), _answers(key, window)]


def _changes(key: str, window: _rows.Window) -> _rows.Rows:
    at = func.coalesce(Frame.withdrawn_at, Frame.updated_at)
    withdrawn = Frame.withdrawn_at.is_not(None)
    what = case((withdrawn, "frame_withdrawn"), else_="frame_version")
    text = case((withdrawn, Frame.withdrawn_reason), else_=Frame.body)
    excerpt = func.substr(text, 1, _rows.EXCERPT)
    query = _rows.row(what, what + literal(":") + Frame.id, at, excerpt, PATH)
    return query.join(Room, Room.id == Frame.room_id).where(
        Frame.id == key,
        Room.is_private.is_(False),
        withdrawn | (Frame.version > 1),
        window.holds(at),
    )


def _answers(key: str, window: _rows.Window) -> _rows.Rows:
    """Select the answers of public rooms to the version in force."""
    at = FrameReception.decided_at
    name = literal("frame_received:") + Room.id
    excerpt = func.substr(FrameReception.note, 1, _rows.EXCERPT)
    query = _rows.row("frame_received", name, at, excerpt, PATH, Room.name)
    return (
        query.join(Frame, Frame.id == FrameReception.frame_id)
        .join(Room, Room.id == FrameReception.room_id)
        .where(
            Frame.id == key,
            FrameReception.version == Frame.version,
            Room.is_private.is_(False),
            window.holds(at),
        )
        .order_by(at.desc(), Room.id.desc())
        .limit(_rows.MOST + 1)
    )
