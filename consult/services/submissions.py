"""Forms already received: the same form sent again, or twice at once, does its work once."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..domain.errors import RuleBroken
from ..models import Statement, Submission
from . import inserting

KEY_LIMIT = 80


def found(session: Session, participant_id: str, key: str) -> Statement | None:
    """Return what an earlier sending of this form by this person made."""
    if not _is_readable(key):
        return None
    return session.scalar(
        select(Statement)
        .join(Submission, Submission.statement_id == Statement.id)
        .where(Submission.participant_id == participant_id, Submission.key == key)
    )


def claim(session: Session, participant_id: str, key: str, *, now: datetime) -> bool:
    """Take a form for this request; False when another request has it, and has finished."""
    values = {"participant_id": participant_id, "key": key, "created_at": now}
    return inserting.once(session, Submission, values)


def finish(session: Session, participant_id: str, key: str, statement_id: str) -> None:
    """Note what the form made, in the same transaction."""
    session.flush()
    session.execute(
        update(Submission)
        .where(Submission.participant_id == participant_id, Submission.key == key)
        .values(statement_id=statement_id)
    )


def earlier(session: Session, participant_id: str, key: str) -> Statement | None:
    """Return what this form already made, or raise key-unreadable."""
    if not _is_readable(key):
        raise RuleBroken("key-unreadable")
    return found(session, participant_id, key)


def take(session: Session, participant_id: str, key: str, *, now: datetime) -> Statement | None:
    """Take a form, or return what the request that had it made; raises key-used (409)."""
    if claim(session, participant_id, key, now=now):
        return None
    before = found(session, participant_id, key)
    if before is None:
        raise RuleBroken("key-used", 409)
    return before


def _is_readable(key: str) -> bool:
    return 0 < len(key) <= KEY_LIMIT and key.isprintable()
