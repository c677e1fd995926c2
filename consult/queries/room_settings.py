"""What rooms set for themselves: their own first, then what they inherit."""

from typing import Any

from sqlalchemy import Select, literal, select
from sqlalchemy.orm import aliased

from ..models import Room, RoomSetting

Rows = Select[*tuple[Any, ...]]


def stored(room_id: str) -> Rows:
    """Select what a room and those above it set, the nearest first, with the name of the room."""
    line = select(Room.id, Room.parent_id, literal(0).label("depth")).where(Room.id == room_id)
    tree = line.cte(recursive=True)
    above = aliased(Room)
    tree = tree.union(
        select(above.id, above.parent_id, tree.c.depth + 1).join(tree, above.id == tree.c.parent_id)
    )
    return (
        select(RoomSetting.key, RoomSetting.value, tree.c.depth, Room.name, Room.is_private)
        .join(tree, tree.c.id == RoomSetting.room_id)
        .join(Room, Room.id == RoomSetting.room_id)
        .order_by(tree.c.depth, RoomSetting.key)
    )
