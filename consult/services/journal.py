"""The journal: one entry for each act, in the act's own transaction."""

from datetime import datetime
from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import Session

from ..models import JournalEntry

TABLE: Table = JournalEntry.__table__  # type: ignore[assignment]


def record(  # the one signature every service shares
    session: Session,
    act: str,
    subject: str,
    *,
    actor: str,
    now: datetime,
    consultation_id: str | None = None,
    **facts: Any,
) -> None:
    """Write that `actor` did `act` on `subject`; facts hold no text typed by a person.

    `actor` and `subject` read "account:ID", "participant:ID", "statement:ID", "system".
    """
    session.add(
        JournalEntry(
            at=now,
            actor=actor,
            act=act,
            subject=subject,
            consultation_id=consultation_id,
            facts=facts,
        )
    )
