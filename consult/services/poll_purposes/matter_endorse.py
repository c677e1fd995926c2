"""Another room votes on whether it has the same matter: its name then stands on the matter."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from ...domain import polls
from ...domain.kinds import N_
from ...models import Poll, Room
from . import Asked, Bound, Draft, Effect, _matter

LABEL = N_("Let the room vote on having it too")
HINT = N_("If the room says yes, its name stands on the matter when the vote closes.")
IS_OFFERED = False
ABOUT, MOVE, PATH = _matter.ABOUT, "endorse", _matter.PATH
ASKS, KINDS = (), _matter.KINDS
title = _matter.title
QUESTION = N_("Do we have the same matter here: “%(title)s”?")
WORDS: Mapping[str, str] = {**_matter.WORDS, "done": N_("The room now stands behind the matter.")}


def draft(session: Session, room: Room, asked: Asked, *, now: datetime) -> Draft:
    """Say which matter the room may have too."""
    return _matter.draft(MOVE, session, room, asked)


def bind(session: Session, room: Room, asked: Asked, *, now: datetime) -> Bound:
    """Bind the vote to the matter."""
    return _matter.bind(MOVE, session, room, asked)


def act(session: Session, poll: Poll, outcome: polls.Outcome, *, now: datetime) -> Effect:
    """Note that the room has the matter too, if it said yes."""
    return _matter.act(MOVE, session, poll, outcome, now=now)
