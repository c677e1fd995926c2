"""The outbox: letters wait in a table, leave after the commit, at least once, without doubles."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from ..models import Mail

LEASE = timedelta(minutes=5)
AT_ONCE = 50
MOST_ATTEMPTS = 8


def claim(session: Session, *, now: datetime) -> Sequence[Mail]:
    """Take the letters that are due, oldest first; nobody else takes them for five minutes.

    Each try waits twice as long as the one before: a mail server may be away for hours.
    """
    due = (
        select(Mail.id)
        .where(
            Mail.sent_at.is_(None),
            Mail.attempts < MOST_ATTEMPTS,
            or_(Mail.retry_at.is_(None), Mail.retry_at <= now),
        )
        .order_by(Mail.created_at)
        .limit(AT_ONCE)
    )
    if session.get_bind().dialect.name == "postgresql":
        due = due.with_for_update(skip_locked=True)
    ids = session.scalars(due).all()
    if not ids:
        return []
    session.execute(
        update(Mail)
        .where(Mail.id.in_(ids), or_(Mail.retry_at.is_(None), Mail.retry_at <= now))
        .values(attempts=Mail.attempts + 1, retry_at=now + LEASE)
    )
    letters = session.scalars(select(Mail).where(Mail.id.in_(ids)).order_by(Mail.created_at)).all()
    for mail in letters:
        mail.retry_at = now + LEASE * 2 ** (mail.attempts - 1)
    return letters


def sent(session: Session, mail: Mail, *, now: datetime) -> None:
    """Note that a letter left."""
    mail.sent_at = now
    mail.retry_at = None
