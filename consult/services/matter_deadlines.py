"""What silence does to matters: each delay is over once, whatever the clocks and the workers do."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from ..domain import matters as rules
from ..domain.matters import delays, states, table
from ..models import Matter
from ..queries import matters as queries
from . import matter_states, matters

AT_ONCE = 50


def due(session: Session, *, now: datetime, more: int = 0) -> Sequence[str]:
    """Return the ids of the matters whose delay is over, so many at once."""
    return session.scalars(queries.due(now).limit(AT_ONCE + more)).all()


def pass_one(session: Session, matter_id: str, *, now: datetime) -> matters.Done:
    """Let silence move a matter whose delay is over; nothing happens when it no longer is.

    The delay that follows is counted from now: after a clock that jumped, each delay still runs.
    """
    matter = matter_states.hold(session, matter_id)
    if matter.deadline_at is None or matter.deadline_at > now:
        return matters.Done(matter)
    about = matters.around(session, matter)
    asking = states.Event("", "", table.CLOCK, above=about.room.parent_id)
    state = matter_states.read(session, matter)
    names = {row.event for row in rules.offered(state, asking)}
    name = next(one for one in delays.SILENCES[matter.stage] if one in names)
    return matters.passes_by_itself(session, matter, name, now=now)


def nearly_due(session: Session, *, now: datetime, more: int = 0) -> Sequence[str]:
    """Return the ids of the matters whose delay is nearly over and whose room was not told."""
    return session.scalars(queries.nearly_due(now).limit(AT_ONCE + more)).all()


def warn(session: Session, matter_id: str) -> Matter | None:
    """Take it upon oneself to tell the room of a matter; None when somebody did."""
    matter = session.get(Matter, matter_id, populate_existing=True)
    if matter is None:
        return None
    done = session.scalars(
        update(Matter)
        .where(Matter.id == matter_id, Matter.warned_version < matter.version)
        .values(warned_version=matter.version)
        .returning(Matter.id)
        .execution_options(synchronize_session=False)
    ).all()
    return matter if done else None
