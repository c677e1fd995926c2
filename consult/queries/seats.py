"""Seats and their mandates, and whom institutions name to answer a room."""

from datetime import date
from typing import Any

from sqlalchemy import Select, and_, false, func, literal, or_, select, union_all

from ..models import (
    Account,
    Room,
    RoomCollege,
    RoomMember,
    RoomOfficial,
    Seat,
    SeatMandate,
    Territory,
)

Rows = Select[*tuple[Any, ...]]
MOST = 200
PARIS = "Europe/Paris"
WANTED = "wanted"


def of_room(room_id: str, today: date) -> Rows:
    """Select the seats of a room, each with its mandates that are not over, or that stay named."""
    shown = or_(
        SeatMandate.ended_on.is_(None), SeatMandate.ended_on > today, SeatMandate.stays.is_(True)
    )
    return (
        select(Seat, SeatMandate)
        .outerjoin(SeatMandate, and_(SeatMandate.seat_id == Seat.id, shown))
        .where(Seat.room_id == room_id)
        .order_by(Seat.created_at, Seat.id, SeatMandate.begins_on)
        .limit(MOST)
    )


def unsettled(day_before: date, day_after: date) -> Select[str]:
    """Select the seats whose rights may have to follow a mandate that begins or ends.

    The two days stand around today, so that no time zone is forgotten.
    """
    over = or_(SeatMandate.ended_on <= day_after, SeatMandate.ends_on <= day_after)
    ending = and_(SeatMandate.is_seated.is_(True), over)
    beginning = and_(
        SeatMandate.is_seated.is_(False),
        SeatMandate.account_id.is_not(None),
        SeatMandate.begins_on <= day_after,
        or_(SeatMandate.ended_on.is_(None), SeatMandate.ended_on > day_before),
        or_(SeatMandate.ends_on.is_(None), SeatMandate.ends_on > day_before),
    )
    query = select(SeatMandate.seat_id).where(or_(ending, beginning)).distinct()
    return query.order_by(SeatMandate.seat_id)


def zone_of(room_id: str) -> Select[str]:
    """Select the time zone of a room: its territory's, else that of Paris."""
    zone = func.coalesce(Territory.time_zone, PARIS)
    return (
        select(zone)
        .select_from(Room)
        .outerjoin(Territory, Territory.code == Room.territory_code)
        .where(Room.id == room_id)
    )


def officials(room_id: str, today: date) -> Select[RoomOfficial]:
    """Select whom institutions name to answer a room, today or later."""
    return (
        select(RoomOfficial)
        .where(
            RoomOfficial.room_id == room_id,
            or_(RoomOfficial.ends_on.is_(None), RoomOfficial.ends_on > today),
        )
        .order_by(RoomOfficial.institution, RoomOfficial.name, RoomOfficial.id)
        .limit(MOST)
    )


def may_sit(room_id: str) -> Rows:
    """Select the people of a room, who may be given one of its seats."""
    return (
        select(Account.id, Account.name, Account.email)
        .join(RoomMember, RoomMember.account_id == Account.id)
        .where(RoomMember.room_id == room_id, RoomMember.ended_at.is_(None), Account.active)
        .order_by(Account.name, Account.id)
        .limit(MOST)
    )


def composition(room_id: str) -> Rows:
    """Select who is in a room now, a row each, and how many of each college it wants.

    The rows of what is wanted say so as their role.
    """
    held = (
        select(
            RoomMember.role,
            RoomMember.college,
            RoomMember.is_named,
            Account.name,
            literal(1).label("number"),
            RoomMember.id.label("key"),
        )
        .join(Account, Account.id == RoomMember.account_id)
        .where(RoomMember.room_id == room_id, RoomMember.ended_at.is_(None))
    )
    wanted = select(
        literal(WANTED),
        RoomCollege.college,
        false(),
        literal(""),
        RoomCollege.wanted,
        RoomCollege.college,
    ).where(RoomCollege.room_id == room_id)
    both = union_all(held, wanted).subquery()
    return select(both).order_by(both.c.role, both.c.key)


def wanted(room_id: str) -> Select[RoomCollege]:
    """Select how many of each college a room wants."""
    return select(RoomCollege).where(RoomCollege.room_id == room_id).order_by(RoomCollege.college)
