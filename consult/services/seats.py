"""Seats: opened, given for a time, handed over; what their holders may do follows the mandates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from ..domain import clean, days
from ..domain import rooms as room_rules
from ..domain import seats as rules
from ..domain.errors import RuleBroken
from ..models import Account, Room, RoomMember, Seat, SeatMandate, new_id
from ..queries import seats as queries
from . import holding, inserting, rooms

NAME_LIMIT = 120
INSTITUTION_LIMIT = 200
MOST = 60


@dataclass(frozen=True)
class Appointment:
    """Who is given a seat: an account of the room or a name, by whom, from when, until when."""

    begins_on: date
    ends_on: date | None = None
    account_id: str = ""
    name: object = ""
    appointed_by: object = ""
    deputy: object = ""
    stays: bool = False  # whether the one who leaves stays named, as someone to turn to


def open_seat(
    session: Session, room_id: str, *, kind: object, title: object, actor: str, now: datetime
) -> Seat:
    """Open a seat.

    Raises seat-kind-unknown, seat-title-missing, seats-too-many, and seat-single (409) for a
    second seat of what is one in a room: its coordination, its spokesperson.
    """
    values = {
        "id": new_id(),
        "room_id": room_id,
        "kind": rules.kind(kind),
        "title": clean.line(title, NAME_LIMIT, required="seat-title-missing"),
        "handover": "",
        "created_at": now,
    }
    held = session.scalars(select(Seat.id).where(Seat.room_id == room_id).order_by(Seat.id)).all()
    if len(held) >= MOST:
        raise RuleBroken("seats-too-many", max=MOST)
    if not inserting.once(session, Seat, values):
        raise RuleBroken("seat-single", 409)
    rooms.note(session, "seat.opened", room_id, actor=actor, now=now, seat=values["id"])
    return session.get_one(Seat, values["id"])


def remove(session: Session, seat: Seat, *, actor: str, now: datetime) -> None:
    """Take away a seat that nobody ever held, or raise seat-held (409)."""
    holding.row(session, seat)
    if session.scalar(select(SeatMandate.id).where(SeatMandate.seat_id == seat.id).limit(1)):
        raise RuleBroken("seat-held", 409)
    room_id, facts = seat.room_id, {"seat": seat.id}
    session.delete(seat)
    rooms.note(session, "seat.removed", room_id, actor=actor, now=now, **facts)


def write_handover(
    session: Session, seat: Seat, text: object, *, actor: str, now: datetime
) -> None:
    """Write the note that the holder of a seat leaves to the next one."""
    seat.handover = clean.text(text)
    rooms.note(session, "seat.handover", seat.room_id, actor=actor, now=now, seat=seat.id)


def appoint(
    session: Session, seat: Seat, appointment: Appointment, *, actor: str, now: datetime
) -> SeatMandate:
    """Give a seat to someone, today or from a day to come; whoever holds it leaves it that day.

    Raises holder-missing, member-unknown (404), mandate-ends-first, mandate-begins-first (409)
    when the seat is given from a later day already.
    """
    holding.row(session, seat)
    given = _read(session, seat, appointment)
    _close_last(session, seat, appointment)
    made = SeatMandate(id=new_id(), seat_id=seat.id, created_at=now, **given)
    session.add(made)
    session.flush()
    facts = {"seat": seat.id, "mandate": made.id, "begins": made.begins_on.isoformat()}
    rooms.note(session, "seat.given", seat.room_id, actor=actor, now=now, **facts)
    settle(session, seat, now=now)
    return made


def _close_last(session: Session, seat: Seat, appointment: Appointment) -> None:
    """Close the last mandate of a seat on the day the next one begins; forget one that was void."""
    begins = appointment.begins_on
    of_seat = SeatMandate.seat_id == seat.id
    void = SeatMandate.ended_on == SeatMandate.begins_on
    session.execute(delete(SeatMandate).where(of_seat, void, SeatMandate.begins_on >= begins))
    last = session.scalar(
        select(SeatMandate)
        .where(of_seat)
        .order_by(SeatMandate.begins_on.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )
    if last is None:
        return
    if begins <= last.begins_on or (last.ended_on is not None and begins < last.ended_on):
        raise RuleBroken("mandate-begins-first", 409)
    if last.ended_on is None:
        last.ended_on, last.stays = rules.end(last.ends_on, begins), appointment.stays
        session.flush()


def hindrance(session: Session, seat_id: str, since: datetime) -> str | None:
    """Tell why a seat can no longer be given as was meant then: taken away, or given since."""
    if session.get(Seat, seat_id) is None:
        return rules.GONE
    holds = or_(SeatMandate.ended_on.is_(None), SeatMandate.ended_on > SeatMandate.begins_on)
    query = select(SeatMandate.id).where(
        SeatMandate.seat_id == seat_id, SeatMandate.created_at > since, holds
    )
    return rules.FILLED if session.scalar(query.limit(1)) is not None else None


def end_mandate(
    session: Session, seat: Seat, mandate_id: str, *, actor: str, now: datetime
) -> None:
    """End a mandate today, or take back one that has not begun; mandate-over (409)."""
    holding.row(session, seat)
    mandate = session.scalar(
        select(SeatMandate)
        .where(SeatMandate.id == mandate_id, SeatMandate.seat_id == seat.id)
        .execution_options(populate_existing=True)
    )
    if mandate is None:
        raise RuleBroken("mandate-unknown", 404)
    today = today_in(session, seat.room_id, now)
    over = rules.end(mandate.ends_on, mandate.ended_on)
    if over is not None and over <= today:
        raise RuleBroken("mandate-over", 409)
    mandate.ended_on = max(today, mandate.begins_on)
    session.flush()
    facts = {"seat": seat.id, "mandate": mandate.id}
    rooms.note(session, "seat.left", seat.room_id, actor=actor, now=now, **facts)
    settle(session, seat, now=now)


def settle(session: Session, seat: Seat, *, now: datetime) -> None:
    """Make what people are in rooms follow the mandates of a seat: who leaves, then who comes.

    Done at once when a mandate is given or ended, and by the worker on the days that were set.
    """
    today = today_in(session, seat.room_id, now)
    room = session.get_one(Room, seat.room_id)
    target = room.parent_id if seat.kind == rules.SPOKESPERSON else room.id
    held = session.scalars(
        select(SeatMandate).where(SeatMandate.seat_id == seat.id).order_by(SeatMandate.begins_on)
    ).all()
    for mandate in held:
        if mandate.is_seated and not _in_force(mandate, today):
            _stand_up(session, mandate, now=now)
    for mandate in held:
        if mandate.account_id and not mandate.is_seated and _in_force(mandate, today):
            mandate.is_seated = True
            if target is not None:
                _sit(session, target, mandate, rules.role(seat.kind), now=now)
    session.flush()


def follow(session: Session, room_id: str, *, now: datetime) -> None:
    """Let whoever speaks for a room that was moved sit in the room above it now, no longer before.

    Whoever sits there by themselves stays.
    """
    seat = session.scalar(
        select(Seat).where(Seat.room_id == room_id, Seat.kind == rules.SPOKESPERSON)
    )
    if seat is None:
        return
    holding.row(session, seat)
    query = select(SeatMandate).where(SeatMandate.seat_id == seat.id, SeatMandate.is_seated)
    for mandate in session.scalars(query.order_by(SeatMandate.begins_on)).all():
        _stand_up(session, mandate, now=now)
    settle(session, seat, now=now)


def due(session: Session, *, now: datetime) -> Sequence[str]:
    """Return the ids of the seats whose mandates begin or end these days."""
    day = timedelta(days=1)
    return session.scalars(queries.unsettled((now - day).date(), (now + day).date())).all()


def settle_one(session: Session, seat_id: str, *, now: datetime) -> None:
    """Settle a seat of which a mandate begins or ends these days."""
    seat = session.get_one(Seat, seat_id)
    holding.row(session, seat)
    settle(session, seat, now=now)


def today_in(session: Session, room_id: str, now: datetime) -> date:
    """Return the day it is in a room."""
    zone = session.scalars(queries.zone_of(room_id)).one()
    return days.today(now, zone)


def _in_force(mandate: SeatMandate, today: date) -> bool:
    ends = rules.end(mandate.ends_on, mandate.ended_on)
    return rules.is_in_force(mandate.begins_on, ends, today)


def _sit(session: Session, room_id: str, mandate: SeatMandate, role: str, *, now: datetime) -> None:
    """Let the holder of a mandate in, unless they are there already, as that or more.

    What someone runs by themselves then ends with the mandate that they are given.
    """
    room, account = session.get_one(Room, room_id), session.get_one(Account, mandate.account_id)
    held = session.scalar(
        select(RoomMember).where(
            RoomMember.room_id == room_id,
            RoomMember.account_id == account.id,
            RoomMember.ended_at.is_(None),
        )
    )
    runs = role == room_rules.FACILITATOR
    if held is None or (runs and held.role != role):
        facts = {"mandate_id": mandate.id}
        rooms.add_member(session, room, account, role, actor="system", now=now, **facts)
    elif runs:
        held.mandate_id = mandate.id


def _stand_up(session: Session, mandate: SeatMandate, *, now: datetime) -> None:
    """End what followed from a mandate; who stays named stays a member."""
    mandate.is_seated = False
    query = select(RoomMember).where(
        RoomMember.mandate_id == mandate.id, RoomMember.ended_at.is_(None)
    )
    for held in session.scalars(query.order_by(RoomMember.id)).all():
        held.ended_at = now
        session.flush()
        if mandate.stays:
            room = session.get_one(Room, held.room_id)
            person, facts = session.get_one(Account, held.account_id), {"college": held.college}
            rooms.add_member(session, room, person, "member", actor="system", now=now, **facts)


def _read(session: Session, seat: Seat, appointment: Appointment) -> dict[str, Any]:
    """Return the columns of a mandate as they are stored, or raise what is wrong with them."""
    rules.check_dates(appointment.begins_on, appointment.ends_on)
    name = clean.line(appointment.name, NAME_LIMIT)
    if appointment.account_id:
        people = session.execute(queries.may_sit(seat.room_id)).all()
        found = next((one for one in people if one.id == appointment.account_id), None)
        if found is None:
            raise RuleBroken("member-unknown")
        name = name or found.name
    if not name:
        raise RuleBroken("holder-missing")
    return {
        "account_id": appointment.account_id or None,
        "name": name,
        "appointed_by": clean.line(appointment.appointed_by, INSTITUTION_LIMIT),
        "deputy": clean.line(appointment.deputy, NAME_LIMIT),
        "begins_on": appointment.begins_on,
        "ends_on": appointment.ends_on,
    }
