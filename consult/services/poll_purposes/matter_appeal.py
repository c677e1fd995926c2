"""The room where a matter began votes on whether to ask the room above to look again, once."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from ...domain import polls
from ...domain.kinds import N_
from ...models import Poll, Room
from . import REASONS, Asked, Bound, Draft, Effect, _matter

LABEL = N_("Let the room vote on asking again")
HINT = N_("If the room says yes, the room above looks again. This happens once.")
IS_OFFERED = False
ABOUT, MOVE, PATH = _matter.ABOUT, "appeal", _matter.PATH
ASKS, KINDS = (REASONS,), _matter.KINDS
title = _matter.title
QUESTION = N_("Do we ask the room above to look again: “%(title)s”?")
WORDS: Mapping[str, str] = {
    **_matter.WORDS,
    "done": N_("The room above is asked to look again, with this vote."),
}


def draft(session: Session, room: Room, asked: Asked, *, now: datetime) -> Draft:
    """Say which answer would be asked about."""
    return _matter.draft(MOVE, session, room, asked)


def bind(session: Session, room: Room, asked: Asked, *, now: datetime) -> Bound:
    """Bind the vote to the matter, with the reasons that go up with it."""
    return _matter.bind(MOVE, session, room, asked)


def act(session: Session, poll: Poll, outcome: polls.Outcome, *, now: datetime) -> Effect:
    """Ask the room above to look again, if the room said yes."""
    return _matter.act(MOVE, session, poll, outcome, now=now)
