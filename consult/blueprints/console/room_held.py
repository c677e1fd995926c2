"""Find what a room holds for whoever looks after it; what another room holds is missing."""

from datetime import date
from typing import TypeVar

from flask import abort

from ... import access, clock
from ...extensions import db
from ...models import Commitment, Room, RoomDocument, RoomEvent, RoomOfficial, Seat
from ...services import seats
from ..rooms import load
from .blueprint import key_or_404

Part = TypeVar("Part", Commitment, RoomDocument, RoomEvent, RoomOfficial, Seat)


def held(slug: str, action: str = "room.run") -> Room:
    """Return a room for whoever looks after it: 404 when it is not visible, else 403."""
    row = load.visible_or_404(slug)
    access.check(action, room=row)
    return db.session.get_one(Room, row.id)


def part(model: type[Part], room: Room, key: str) -> Part:
    """Return what a room holds, or answer 404."""
    found = db.session.get(model, key_or_404(key))
    if found is None or found.room_id != room.id:
        abort(404)
    return found


def zone(room: Room) -> str:
    """Return the time zone of a room."""
    from ...queries import seats as queries

    return db.session.scalars(queries.zone_of(room.id)).one()


def today(room: Room) -> date:
    """Return the day it is in a room."""
    return seats.today_in(db.session(), room.id, clock.now())
