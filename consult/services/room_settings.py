"""What a room sets for itself; what it leaves empty comes from the room above."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ..domain import room_settings as rules
from ..models import Room, RoomSetting
from ..queries import room_settings as queries
from . import journal


def in_force(session: Session, room_id: str) -> dict[str, int]:
    """Return the value of each setting for a room."""
    rows: Any = session.execute(queries.stored(room_id)).all()
    return rules.in_force((row.key, row.value) for row in rows)


def change(
    session: Session, room: Room, typed: Mapping[str, object], *, actor: str, now: datetime
) -> None:
    """Set what a room sets for itself; an empty value is inherited again.

    Raises setting-unknown (404), setting-choice-unknown, setting-out; all or nothing changes.
    """
    wanted = {key: rules.read(key, raw) for key, raw in typed.items()}
    # Whoever changes the same room waits: the last one who saves wins whole.
    session.scalar(select(Room.id).where(Room.id == room.id).with_for_update())
    session.execute(
        delete(RoomSetting).where(RoomSetting.room_id == room.id, RoomSetting.key.in_(wanted))
    )
    kept: dict[str, Any] = {key: value for key, value in wanted.items() if value is not None}
    session.add_all(
        RoomSetting(room_id=room.id, key=key, value=value) for key, value in kept.items()
    )
    session.flush()
    journal.record(session, "room.set", f"room:{room.id}", actor=actor, now=now, **kept)
