"""Letters to be sent: written with the act that causes them, never twice for the same cause."""

from datetime import datetime

from sqlalchemy import func, select
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
