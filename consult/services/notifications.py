"""Letters to be sent: written with the act that causes them, never twice for the same cause."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..models import Account, Contribution, Mail, Participant, Statement, new_id
from . import inserting

SUBJECT_LIMIT = 200


@dataclass(frozen=True)
class Letter:
    """A letter to be sent; `stop_path` is where one press stops such letters."""

    recipient: str
    subject: str
    body: str
    dedup_key: str
    stop_path: str | None = None


def put(session: Session, letter: Letter, *, now: datetime) -> bool:
    """Put a letter in the outbox unless one of the same key is there; tell whether it was put."""
    one_line = " ".join(letter.subject.split())[:SUBJECT_LIMIT]
    values = {**asdict(letter), "id": new_id(), "subject": one_line}
    return inserting.once(session, Mail, {**values, "created_at": now, "attempts": 0})


def queue(
    session: Session, *, recipient: str, subject: str, body: str, dedup_key: str, now: datetime
) -> bool:
    """Put a letter that is always sent in the outbox: security, one's own answers."""
    return put(session, Letter(recipient, subject, body, dedup_key), now=now)


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
