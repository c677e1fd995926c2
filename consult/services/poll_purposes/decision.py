"""The room decides: its journal holds the decision, with the count that it comes from."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from ...domain import polls
from ...domain.kinds import N_
from ...models import Poll
from .. import journal
from . import _plain

LABEL = N_("The room decides")
HINT = N_("The result binds the room. The journal holds it.")
IS_OFFERED = True
ABOUT, MOVE, ASKS, KINDS, QUESTION, PATH = _plain.NOTHING
WORDS: Mapping[str, str] = {}


def act(session: Session, poll: Poll, outcome: polls.Outcome, *, now: datetime) -> None:
    """Write in the room's journal that it decided, or that it did not."""
    journal.record(
        session,
        "room.decided" if outcome.adopted else "room.not-decided",
        f"room:{poll.room_id}",
        actor="system",
        now=now,
        poll=poll.id,
        places=[poll.paper["options"].index(name) for name in outcome.adopted],
        quorum=outcome.quorum_reached,
    )
