"""Whom the letters of a vote go to: who has not voted before the close, every elector after it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ..domain import polls as rules
from ..models import Poll
from ..queries import polls as queries
from . import polls

Taken = tuple[Poll, Sequence[Any]] | None


def take_opening(session: Session, poll_id: str, *, now: datetime) -> Taken:
    """Take the letters that say a vote is open; None when another worker has them."""
    poll = polls.hold(session, poll_id)
    if rules.state(poll, now) != rules.OPEN or poll.told_at is not None:
        return None
    poll.told_at = now
    return poll, session.execute(queries.silent(poll.id)).all()


def take_result(session: Session, poll_id: str, *, now: datetime) -> Taken:
    """Take the letters that say what came of a vote; None when another worker has them."""
    poll = polls.hold(session, poll_id)
    if poll.counted_at is None or poll.announced_at is not None:
        return None
    poll.announced_at = now
    return poll, session.execute(queries.present(poll.id)).all()


def take_reminder(session: Session, poll_id: str, *, now: datetime) -> Taken:
    """Take the letters of a reminder that was asked for; None when another worker has them."""
    poll = polls.hold(session, poll_id)
    if rules.state(poll, now) != rules.OPEN or poll.remind_at is None:
        return None
    poll.remind_at, poll.reminded_at = None, now
    people = session.execute(queries.silent(poll.id)).all()
    polls.record(session, "poll.reminded", poll, polls.SYSTEM, now, letters=len(people))
    return poll, people
