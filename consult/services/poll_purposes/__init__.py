"""What the close of a vote brings about, one module each: found by name, run once, at the count.

A purpose acts on the world as it is at the count. Where it cannot any more, because somebody
acted meanwhile, it says so: nothing is broken, and the result stands as an advice.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, cast

from sqlalchemy.orm import Session

from ...domain import polls
from ...domain.errors import RuleBroken
from ...domain.kinds import discover
from ...models import Poll, Room
from ...queries.rooms import Reader

DEFAULT = "advice"
REASONS, CANDIDATES, DATES = "reasons", "candidates", "dates"


@dataclass(frozen=True)
class Asked:
    """What a vote is asked to be: about what, with which ballots, and what its purpose wants."""

    about: str = ""  # the identifier of the matter or the seat
    kind: object = ""
    options: object = ""  # one a line
    account_id: str | None = None  # who opens it
    said: Mapping[str, Any] = field(default_factory=dict)  # what the purpose asks for, as typed


@dataclass(frozen=True)
class Bound:
    """What a vote is bound to: its subject, its ballots, what its close needs to know."""

    subject: str
    kind: object
    options: object
    facts: Mapping[str, Any] = field(default_factory=dict)
    candidates: Mapping[str, str] = field(default_factory=dict)  # accounts, by their marks


@dataclass(frozen=True)
class Draft:
    """What the form of a vote shows of its purpose: the name of the subject, who may be elected."""

    title: str
    candidates: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Effect:
    """What a vote brought about, or why nothing: a code, its facts, the events that it caused."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    events: Sequence[str] = ()

    def told(self) -> dict[str, Any]:
        """Return it as it is stored."""
        return {"code": self.code, "facts": dict(self.facts), "events": list(self.events)}


class Purpose(Protocol):
    """What a module of this package provides; one about nothing has no draft, bind and title."""

    LABEL: str  # in a list of purposes, or on the button of the page that it is opened from
    HINT: str
    IS_OFFERED: bool  # whether a facilitator may choose it when they open any vote
    ABOUT: str  # what it is about, "" for nothing but its question
    MOVE: str  # the move of a matter that it votes on
    ASKS: Sequence[str]  # what its form asks for
    KINDS: Sequence[str]  # the kinds of ballots it can act upon; none: all of them
    QUESTION: str  # the question that its form begins with
    PATH: str  # where its subject is shown
    WORDS: Mapping[str, str]  # what it brought about, by code

    def draft(self, session: Session, room: Room, asked: Asked, *, now: datetime) -> Draft:
        """Say what the form shows, or raise why there can be no such vote."""

    def title(self, session: Session, poll: Poll, reader: Reader) -> str:
        """Return the name of what a vote is about, "" where the reader may not know of it."""

    def bind(self, session: Session, room: Room, asked: Asked, *, now: datetime) -> Bound:
        """Read what was asked for, or raise why there can be no such vote."""

    def act(
        self, session: Session, poll: Poll, outcome: polls.Outcome, *, now: datetime
    ) -> Effect | None:
        """Do what the result brings about, in the transaction of the count; never commits."""


PURPOSES = cast(Mapping[str, Purpose], discover(sys.modules[__name__]))


def of(poll: Poll) -> Purpose:
    """Return what a vote is for; advice where its own module is no longer there."""
    return PURPOSES.get(poll.purpose, PURPOSES[DEFAULT])


def about(what: str) -> Mapping[str, Purpose]:
    """Return the purposes that are about something, by name."""
    return {name: one for name, one in PURPOSES.items() if what == one.ABOUT}


def name(raw: object) -> str:
    """Read a purpose, the default one when nothing is chosen, or raise purpose-unknown."""
    if raw in ("", None):
        return DEFAULT
    if not isinstance(raw, str) or raw not in PURPOSES:
        raise RuleBroken("purpose-unknown")
    return raw


def bind(session: Session, room: Room, raw: object, asked: Asked, *, now: datetime) -> Bound:
    """Return what a vote of a purpose is bound to.

    Raises purpose-unknown, purpose-kind for ballots that it cannot act upon, and what the purpose
    raises when there can be no such vote.
    """
    purpose = PURPOSES[name(raw)]
    if purpose.KINDS and asked.kind not in purpose.KINDS:
        raise RuleBroken("purpose-kind")
    if not purpose.ABOUT:
        return Bound("", asked.kind, asked.options)
    return purpose.bind(session, room, asked, now=now)
