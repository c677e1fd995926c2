"""Letters to be sent: written with the act that causes them, never twice for the same cause."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, or_, select
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
    return inserting.once(session, Mail, _row(letter, now))


def put_all(session: Session, letters: Sequence[Letter], *, now: datetime) -> int:
    """Put letters in the outbox, each key once; return how many were put."""
    rows = [_row(letter, now) for letter in letters]
    return inserting.many(session, Mail, rows)


def _row(letter: Letter, now: datetime) -> dict[str, Any]:
    one_line = " ".join(letter.subject.split())[:SUBJECT_LIMIT]
    values = {**asdict(letter), "id": new_id(), "subject": one_line}
    return {**values, "created_at": now, "attempts": 0}


def queue(
    session: Session, *, recipient: str, subject: str, body: str, dedup_key: str, now: datetime
) -> bool:
    """Put a letter that is always sent in the outbox: security, one's own answers."""
    return put(session, Letter(recipient, subject, body, dedup_key), now=now)


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
