"""Who reads a text of the queue now: told to colleagues for a few minutes, it stops nobody."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ..domain import moderation
from ..models import Reading, Statement
from ..queries import moderation as queues
from . import inserting


def take(session: Session, statement_id: str, *, by: queues.Moderator, now: datetime) -> bool:
    """Say that someone reads a text, and no longer the one before.

    False when a colleague reads it, or when it is not theirs to read.
    """
    release(session, by.account_id)
    theirs = select(Statement.id).where(Statement.id == statement_id, queues.in_reach(by))
    if session.scalar(theirs) is None:
        return False
    gone = delete(Reading).where(Reading.statement_id == statement_id, Reading.until_at <= now)
    session.execute(gone.execution_options(synchronize_session=False))
    values = {
        "statement_id": statement_id,
        "account_id": by.account_id,
        "until_at": now + moderation.READ_FOR,
    }
    return inserting.once(session, Reading, values)


def release(session: Session, account_id: str) -> None:
    """Say that someone no longer reads a text."""
    gone = delete(Reading).where(Reading.account_id == account_id)
    session.execute(gone.execution_options(synchronize_session=False))
