"""Who reads a text of the queue now: told to colleagues for a few minutes, it stops nobody."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from ..domain import moderation
from ..models import Reading
from ..queries import moderation as queues
from . import inserting, moderated


def take(session: Session, item_id: str, *, by: queues.Moderator, now: datetime) -> bool:
    """Say that someone reads a text, and no longer the one before.

    False when a colleague reads it, or when it is not theirs to read.
    """
    release(session, by.account_id)
    theirs = (queues.seen_by(family, by, [item_id]) for family in queues.FAMILIES)
    item = next((one for query in theirs if (one := session.scalar(query)) is not None), None)
    if item is None:
        return False
    about = moderated.key(item)
    gone = delete(Reading).filter_by(**about).where(Reading.until_at <= now)
    session.execute(gone.execution_options(synchronize_session=False))
    values = {**about, "account_id": by.account_id, "until_at": now + moderation.READ_FOR}
    return inserting.once(session, Reading, values)


def release(session: Session, account_id: str) -> None:
    """Say that someone no longer reads a text."""
    gone = delete(Reading).where(Reading.account_id == account_id)
    session.execute(gone.execution_options(synchronize_session=False))
