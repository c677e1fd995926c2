"""Letters to be sent: written with the act that causes them, never twice for the same cause."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from ..models import Account, Contribution, Mail, Participant, Statement, new_id
from . import inserting

SUBJECT_LIMIT = 200


def queue(
    session: Session, *, recipient: str, subject: str, body: str, dedup_key: str, now: datetime
) -> bool:
    """Put a letter in the outbox unless one of the same key is there; tell whether it was put."""
    one_line = " ".join(subject.split())[:SUBJECT_LIMIT]
    values = {"id": new_id(), "dedup_key": dedup_key, "recipient": recipient, "subject": one_line}
    return inserting.once(session, Mail, {**values, "body": body, "created_at": now, "attempts": 0})


def cancel(session: Session, dedup_key: str, *, now: datetime) -> bool:
    """Take back a letter that did not leave and that no worker holds; tell whether it is gone.

    True as well when there never was such a letter: nobody was told anything.
    """
    gone: Any = session.execute(
        delete(Mail)
        .where(
            Mail.dedup_key == dedup_key,
            Mail.sent_at.is_(None),
            or_(Mail.retry_at.is_(None), Mail.retry_at <= now),
        )
        .execution_options(synchronize_session=False)
    )
    left = select(Mail.id).where(Mail.dedup_key == dedup_key)
    return bool(gone.rowcount) or session.scalar(left) is None


def address_of(session: Session, statement_id: str) -> str | None:
    """Return where the author of a statement asked to be told, else their account's address."""
    return session.scalar(
        select(func.coalesce(Contribution.notify_email, Account.email))
        .select_from(Statement)
        .outerjoin(Contribution, Contribution.id == Statement.contribution_id)
        .outerjoin(Participant, Participant.id == Statement.participant_id)
        .outerjoin(Account, Account.id == Participant.account_id)
        .where(Statement.id == statement_id)
    )
