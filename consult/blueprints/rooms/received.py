"""What a room received from above and sent down, as its page shows it."""

from typing import Any, NamedTuple

from ... import clock
from ...domain import frames as rules
from ...extensions import db
from ...queries import frames
from . import load

WORDS = {"kinds": rules.KINDS, "labels": rules.LABELS}


class Line(NamedTuple):
    """A frame of a room: its row, how the room received it, nothing for its own."""

    row: Any
    state: str


def shown(room_id: str) -> list[Line]:
    """Return what a room received and sent down, what is in force first."""
    now = clock.now()
    rows = db.session.execute(frames.reaching(room_id, load.reader())).all()
    return [Line(row, row.state and rules.shown(row.state, row.due_at, now)) for row in rows]
