"""Letters that someone stops and may want again: a room's, those to facilitators; nothing else."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from ..models import StoppedLetters
from . import inserting, journal


def stop(session: Session, account_id: str, subject: str, *, now: datetime) -> bool:
    """Stop the letters of a subject for an account; tell whether they came until now."""
    values = {"account_id": account_id, "subject": subject, "created_at": now}
    stopped = inserting.once(session, StoppedLetters, values)
    if stopped:
        journal.record(session, "letters.stopped", subject, actor=f"account:{account_id}", now=now)
    return stopped


def resume(session: Session, account_id: str, subject: str, *, now: datetime) -> bool:
    """Let the letters of a subject come again; tell whether they were stopped."""
    gone: Any = session.execute(
        delete(StoppedLetters)
        .where(StoppedLetters.account_id == account_id, StoppedLetters.subject == subject)
        .execution_options(synchronize_session=False)
    )
    if gone.rowcount:
        journal.record(session, "letters.resumed", subject, actor=f"account:{account_id}", now=now)
    return bool(gone.rowcount)


def is_stopped(session: Session, account_id: str, subject: str) -> bool:
    """Tell whether an account stopped the letters of a subject."""
    return session.get(StoppedLetters, (account_id, subject)) is not None
