"""The room gives its advice: the result is public, and nothing else follows by itself."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from ...domain import polls
from ...domain.kinds import N_
from ...models import Poll
from . import _plain

LABEL = N_("The room gives its advice")
HINT = N_("The result is public. Nothing else follows by itself.")
IS_OFFERED = True
ABOUT, MOVE, ASKS, KINDS, QUESTION, PATH = _plain.NOTHING
WORDS: Mapping[str, str] = {}


def act(session: Session, poll: Poll, outcome: polls.Outcome, *, now: datetime) -> None:
    """Do nothing: the published count is all."""
