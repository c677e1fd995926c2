"""What rooms set for themselves: their own first, then what they inherit."""

from typing import Any

from sqlalchemy import Select, select

from ..models import Room, RoomSetting
from . import rooms

Rows = Select[*tuple[Any, ...]]


def stored(room_id: str) -> Rows:
    """Select what a room and those above it set, the nearest first, with the name of the room."""
    tree = rooms.line(room_id)
    return (
        select(RoomSetting.key, RoomSetting.value, tree.c.height, Room.name, Room.is_private)
        .join(tree, tree.c.id == RoomSetting.room_id)
        .join(Room, Room.id == RoomSetting.room_id)
        .order_by(tree.c.height, RoomSetting.key)
    )
