"""What public rooms promised about matters: an answer by the end of their examination.

The promise is kept by whatever the room does with it: an answer, a question back, another room.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import aliased

from ...domain.kinds import N_
from ...domain.matters import table
from ...models import Matter, MatterEvent, Room, Territory
from .. import frames

LABEL = N_("What a room does with a matter that came up to it")
BEGUN = ("take_up", "timeout_take_up")
DONE = ("decide", "relay", "return_down", "join")


def rows(now: datetime) -> Select[*tuple[Any, ...]]:
    """Select each examination of a matter that a public room began, with the day it ends by."""
    origin, after = aliased(Room), aliased(MatterEvent)
    given = (
        select(func.min(after.at))
        .where(
            after.matter_id == MatterEvent.matter_id,
            after.sequence > MatterEvent.sequence,
            after.room_id == MatterEvent.to_room_id,
            after.name.in_(DONE),
        )
        .correlate(MatterEvent)
        .scalar_subquery()
    )
    return (
        select(
            MatterEvent.id.label("id"),
            Room.name.label("institution"),
            Matter.title.label("title"),
            (literal("/matters/") + Matter.id).label("path"),
            func.coalesce(Territory.time_zone, frames.ZONE).label("time_zone"),
            MatterEvent.deadline_at.label("due_at"),
            given.label("given_at"),
        )
        .select_from(MatterEvent)
        .join(Matter, Matter.id == MatterEvent.matter_id)
        .join(Room, Room.id == MatterEvent.to_room_id)
        .join(origin, origin.id == Matter.origin_room_id)
        .outerjoin(Territory, Territory.code == Room.territory_code)
        .where(
            MatterEvent.name.in_(BEGUN),
            MatterEvent.deadline_at.is_not(None),
            Room.is_private.is_(False),
            origin.is_private.is_(False),
            Matter.stage != table.WITHDRAWN,
        )
    )
