"""What the close of a vote brings about, one module each: found by name, run once, at the count."""

import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol, cast

from sqlalchemy.orm import Session

from ...domain import polls
from ...domain.errors import RuleBroken
from ...domain.kinds import discover
from ...models import Poll

DEFAULT = "advice"


class Purpose(Protocol):
    """What a module of this package provides."""

    LABEL: str
    HINT: str
    IS_OFFERED: bool  # whether a facilitator may choose it when they open a vote

    def act(self, session: Session, poll: Poll, outcome: polls.Outcome, *, now: datetime) -> None:
        """Do what the result brings about, in the transaction of the count; never commits."""


PURPOSES = cast(Mapping[str, Purpose], discover(sys.modules[__name__]))


def of(poll: Poll) -> Purpose:
    """Return what a vote is for; advice where its own module is no longer there."""
    return PURPOSES.get(poll.purpose, PURPOSES[DEFAULT])


def name(raw: object) -> str:
    """Read a purpose, the default one when nothing is chosen, or raise purpose-unknown."""
    if raw in ("", None):
        return DEFAULT
    if not isinstance(raw, str) or raw not in PURPOSES:
        raise RuleBroken("purpose-unknown")
    return raw
