"""What rooms send down: who may know of it, whom it is for, how each room received it."""

from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, and_, case, false, func, null, or_, select, true
from sqlalchemy.orm import aliased

from ..domain import frames, rooms
from ..models import (
    Account,
    Frame,
    FrameReception,
    FrameVersion,
    Room,
    RoomMember,
    Territory,
)
from .rooms import IN_ORDER, Reader, held_by, line_of, runs_now, under

Rows = Select[*tuple[Any, ...]]
MOST = 500
ZONE = "Europe/Paris"
Sender = aliased(Room, name="sender")
LATEST = (Frame.updated_at.desc(), Frame.id.desc())


def is_visible(reader: Reader) -> ColumnElement[bool]:
    """Tell which frames a reader may know of: join `Sender` to use it.

    Those of the rooms they may know of, and those sent to a room they are in or look after.
    """
    if reader.account_id is None:
        return reader.sees(Sender)
    inside = select(RoomMember.room_id).where(
        RoomMember.account_id == reader.account_id, RoomMember.ended_at.is_(None)
    )
    own = or_(Room.id.in_(inside), Room.id.in_(held_by(reader.account_id)))
    line = _lines(select(Room.id).where(own))
    reached = select(line.c.id).where(
        line.c.above_id == Frame.room_id, line.c.id != Frame.room_id, _is_for(line.c.id)
    )
    return or_(reader.sees(Sender), reached.correlate(Frame).exists())


def one(frame_id: str, reader: Reader) -> Rows:
    """Select a frame with its room, if the reader may know of it."""
    return _rows(reader).where(Frame.id == frame_id, is_visible(reader))


def reaching(room_id: str, reader: Reader) -> Rows:
    """Select what a room sent down or received, with how it received it, the latest first."""
    line = line_of(room_id)
    reception = aliased(FrameReception)
    sent = Frame.room_id == room_id
    received = and_(Frame.room_id.in_(line), ~sent, _is_for(room_id))
    return (
        _rows(reader)
        .add_columns(
            case((sent, null()), else_=func.coalesce(reception.state, frames.WAITING)).label(
                "state"
            ),
        )
        .outerjoin(
            reception,
            and_(
                reception.frame_id == Frame.id,
                reception.room_id == room_id,
                reception.version == Frame.version,
            ),
        )
        .where(or_(sent, received), is_visible(reader))
        .order_by(Frame.withdrawn_at.is_not(None), *LATEST)
        .limit(MOST)
    )


def receptions(frame: Any, reader: Reader) -> Rows:
    """Select the rooms that a frame is for, as far as the reader may know of them.

    Whose name acted is told to whoever runs the room or one above, and to everyone when that
    person lets the room's page name them.
    """
    held = _holds(reader)
    named = _member(account_id=FrameReception.account_id, is_named=True)
    mine = _member(account_id=reader.account_id or "", role=rooms.FACILITATOR)
    vacant = ~_member(role=rooms.FACILITATOR)
    return (
        select(
            Room.id,
            Room.slug,
            Room.name,
            Room.level,
            Room.is_private,
            func.coalesce(FrameReception.state, frames.WAITING).label("state"),
            FrameReception.note,
            FrameReception.decided_at,
            FrameReception.reply,
            FrameReception.replied_at,
            case((or_(named, held), Account.name)).label("by"),
            or_(mine, and_(held, vacant)).label("may_answer"),
        )
        .outerjoin(
            FrameReception,
            and_(
                FrameReception.frame_id == frame.id,
                FrameReception.room_id == Room.id,
                FrameReception.version == frame.version,
            ),
        )
        .outerjoin(Account, Account.id == FrameReception.account_id)
        .where(addressed(frame.id, frame.room_id, for_all=frame.for_all), reader.sees())
        .order_by(*IN_ORDER)
        .limit(MOST)
    )


def _holds(reader: Reader) -> ColumnElement[bool]:
    if reader.sees_all:
        return true()
    return Room.id.in_(held_by(reader.account_id)) if reader.account_id else false()


def _member(**facts: Any) -> ColumnElement[bool]:
    """Tell whether a room has a member of this kind now."""
    wanted = [getattr(RoomMember, name) == value for name, value in facts.items()]
    found = select(RoomMember.id).where(
        RoomMember.room_id == Room.id, RoomMember.ended_at.is_(None), *wanted
    )
    return found.correlate(Room, FrameReception).exists()


def addressed(frame_id: str, room_id: str, *, for_all: bool) -> ColumnElement[bool]:
    """Tell which rooms a frame is for: those below its room, all or those chosen."""
    below = and_(Room.id.in_(under(room_id)), Room.id != room_id)
    if for_all:
        return below
    chosen = select(FrameReception.room_id).where(FrameReception.frame_id == frame_id)
    return and_(below, Room.id.in_(chosen))


def below(room_id: str, reader: Reader) -> Rows:
    """Select the rooms that one may send something down to."""
    return (
        select(Room.id, Room.name, Room.level)
        .where(Room.id.in_(under(room_id)), Room.id != room_id, reader.sees())
        .order_by(*IN_ORDER)
        .limit(MOST)
    )


def versions(frame_id: str) -> Select[FrameVersion]:
    """Select the earlier texts of a frame, the latest first."""
    return (
        select(FrameVersion)
        .where(FrameVersion.frame_id == frame_id)
        .order_by(FrameVersion.version.desc())
    )


def told(frame: Frame) -> Select[*tuple[Any, ...]]:
    """Select whom a version of a frame is announced to: those who run the rooms it is for."""
    rights = addressed(frame.id, frame.room_id, for_all=frame.for_all)
    return (
        select(Account.id, Account.email, func.min(Room.name).label("room"))
        .join(RoomMember, RoomMember.account_id == Account.id)
        .join(Room, Room.id == RoomMember.room_id)
        .where(
            rights,
            runs_now(),
            Account.active,
        )
        .group_by(Account.id, Account.email)
        .order_by(Account.id)
    )


def facilitators(room_id: str) -> Select[str]:
    """Select the accounts that run a room and can sign in."""
    return (
        select(Account.id)
        .join(RoomMember, RoomMember.account_id == Account.id)
        .where(
            RoomMember.room_id == room_id,
            runs_now(),
            Account.active,
        )
        .order_by(Account.id)
    )


def _is_for(room_id: Any) -> ColumnElement[bool]:
    """Tell whether a frame of a room above is for a room."""
    chosen = aliased(FrameReception)
    holds = select(chosen.room_id).where(chosen.frame_id == Frame.id, chosen.room_id == room_id)
    return or_(Frame.for_all, holds.exists())


def _lines(start: Select[str]) -> CTE:
    """Pair each room of a set with itself and with each room above it."""
    line = (
        select(Room.id.label("id"), Room.id.label("above_id"), Room.parent_id.label("next_id"))
        .where(Room.id.in_(start))
        .cte(recursive=True)
    )
    above = aliased(Room)
    return line.union(
        select(line.c.id, above.id, above.parent_id).join(above, above.id == line.c.next_id)
    )


def _rows(reader: Reader) -> Rows:
    sees = reader.sees(Sender)
    columns = select(
        Frame.id,
        Frame.room_id,
        Frame.kind,
        Frame.title,
        Frame.body,
        Frame.for_all,
        Frame.due_at,
        Frame.version,
        Frame.created_at,
        Frame.updated_at,
        Frame.withdrawn_at,
        Frame.withdrawn_reason,
        case((sees, Sender.slug)).label("room_slug"),
        case((sees, Sender.name)).label("room_name"),
        Sender.level.label("room_level"),
        Sender.is_private.label("is_private"),
        func.coalesce(Territory.time_zone, ZONE).label("time_zone"),
    )
    return columns.join(Sender, Sender.id == Frame.room_id).outerjoin(
        Territory, Territory.code == Sender.territory_code
    )
