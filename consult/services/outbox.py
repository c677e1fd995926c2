"""The outbox: letters wait in a table, leave after the commit, at least once, without doubles."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from ..models import Mail

LEASE = timedelta(minutes=5)
AT_ONCE = 50
MOST_ATTEMPTS = 8
LAST = "erased:"  # what the key of a last letter begins with: the address goes with it


def claim(session: Session, *, now: datetime) -> Sequence[Mail]:
    """Take the letters that are due, oldest first; nobody else takes them for five minutes.

    Each try waits twice as long as the one before: a mail server may be away for hours.
    """
    is_due = and_(
        Mail.sent_at.is_(None),
        Mail.attempts < MOST_ATTEMPTS,
        or_(Mail.retry_at.is_(None), Mail.retry_at <= now),
    )
    due = select(Mail.id).where(is_due).order_by(Mail.created_at).limit(AT_ONCE)
    if session.get_bind().dialect.name == "postgresql":
        due = due.with_for_update(skip_locked=True)
    taking = update(Mail).where(Mail.id.in_(due), is_due).values(attempts=Mail.attempts + 1)
    taking = taking.returning(Mail.id).execution_options(synchronize_session=False)
    ids = session.execute(taking).scalars().all()
    if not ids:
        return []
    query = select(Mail).where(Mail.id.in_(ids)).order_by(Mail.created_at)
    letters = session.scalars(query.execution_options(populate_existing=True)).all()
    for mail in letters:
        mail.retry_at = _until(mail, now)
    return letters


def hold(session: Session, mail: Mail, *, now: datetime) -> bool:
    """Keep a claimed letter for oneself while it is sent; False when another worker has it.

    A worker that was held up for longer than its claim lets the letter go: it would leave twice.
    """
    until = _until(mail, now)
    query = update(Mail).where(
        Mail.id == mail.id, Mail.sent_at.is_(None), Mail.retry_at == mail.retry_at
    )
    held: Any = session.execute(
        query.values(retry_at=until).execution_options(synchronize_session=False)
    )
    session.refresh(mail)
    return bool(held.rowcount)


def _until(mail: Mail, now: datetime) -> datetime:
    """Return until when a letter is its worker's: twice as long at each try."""
    return now + LEASE * (1 << (mail.attempts - 1))


def sent(session: Session, mail: Mail, *, now: datetime) -> None:
    """Note that a letter left."""
    mail.sent_at = now
    mail.retry_at = None
    if mail.dedup_key.startswith(LAST):
        mail.recipient = mail.subject = mail.body = ""
