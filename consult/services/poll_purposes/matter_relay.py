"""The room that holds a matter votes to send it up: the trail keeps the vote and the reasons."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from ...domain import polls
from ...domain.kinds import N_
from ...models import Poll, Room
from . import REASONS, Asked, Bound, Draft, Effect, _matter

LABEL = N_("Let the room vote before it is sent up")
HINT = N_("If the room says yes, the matter goes up by itself when the vote closes.")
IS_OFFERED = False
ABOUT, MOVE, PATH = _matter.ABOUT, "relay", _matter.PATH
ASKS, KINDS = (REASONS,), _matter.KINDS
title = _matter.title
QUESTION = N_("Do we send this matter up: “%(title)s”?")
WORDS: Mapping[str, str] = {**_matter.WORDS, "done": N_("The matter is sent up, with this vote.")}


def draft(session: Session, room: Room, asked: Asked, *, now: datetime) -> Draft:
    """Say which matter would go up."""
    return _matter.draft(MOVE, session, room, asked)


def bind(session: Session, room: Room, asked: Asked, *, now: datetime) -> Bound:
    """Bind the vote to the matter, with the reasons that go up with it."""
    return _matter.bind(MOVE, session, room, asked)


def act(session: Session, poll: Poll, outcome: polls.Outcome, *, now: datetime) -> Effect:
    """Send the matter up if the room said yes, and as many people as it wants took part."""
    return _matter.act(MOVE, session, poll, outcome, now=now)
