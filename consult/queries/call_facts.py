"""Facts about the rooms of some territories, on which a call may depend."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Select, exists, func, or_, select

from ..models import (
    Room,
    RoomCollege,
    RoomDocument,
    RoomMember,
    Seat,
    SeatMandate,
    TerritoryModerator,
)

Rows = Select[*tuple[Any, ...]]
CODE = TerritoryModerator.territory_code.label("code")


def _of(codes: Collection[str]) -> Any:
    return TerritoryModerator.territory_code.in_(sorted(codes))


def rooms_of(codes: Collection[str]) -> Rows:
    """Select the room that looks after each of these territories."""
    return select(CODE, TerritoryModerator.room_id).where(_of(codes)).order_by(CODE)


def thin_colleges(codes: Collection[str]) -> Rows:
    """Select the colleges in which the rooms of these territories lack people."""
    held = (
        select(func.count())
        .select_from(RoomMember)
        .where(
            RoomMember.room_id == RoomCollege.room_id,
            RoomMember.college == RoomCollege.college,
            RoomMember.ended_at.is_(None),
        )
        .correlate(RoomCollege)
        .scalar_subquery()
    )
    return (
        select(CODE, RoomCollege.college, held.label("held"), RoomCollege.wanted.label("wanted"))
        .join(RoomCollege, RoomCollege.room_id == TerritoryModerator.room_id)
        .where(_of(codes), held < RoomCollege.wanted)
        .order_by(CODE, RoomCollege.college)
    )


def empty_seats(codes: Collection[str], today: date) -> Rows:
    """Select the seats that nobody holds in the rooms of these territories."""
    in_force = exists().where(
        SeatMandate.seat_id == Seat.id,
        SeatMandate.begins_on <= today,
        or_(SeatMandate.ended_on.is_(None), SeatMandate.ended_on > today),
        or_(SeatMandate.ends_on.is_(None), SeatMandate.ends_on > today),
    )
    return (
        select(CODE, Seat.title)
        .join(Seat, Seat.room_id == TerritoryModerator.room_id)
        .where(_of(codes), ~in_force)
        .order_by(CODE, Seat.created_at, Seat.id)
    )


def with_road_map(codes: Collection[str], today: date) -> Select[str]:
    """Select the territories whose room, open to all, has a road map dated today or before."""
    return (
        select(TerritoryModerator.territory_code)
        .join(Room, Room.id == TerritoryModerator.room_id)
        .join(RoomDocument, RoomDocument.room_id == Room.id)
        .where(
            _of(codes),
            Room.is_private.is_(False),
            RoomDocument.kind == "road_map",
            RoomDocument.dated_on <= today,
        )
        .distinct()
        .order_by(TerritoryModerator.territory_code)
    )
