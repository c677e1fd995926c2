"""The journal: one entry for each act, in the act's own transaction."""

from datetime import datetime
from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import Session

from ..domain import chain
from ..models import JournalEntry, new_id

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
            **marked(
                at=now,
                actor=actor,
                act=act,
                subject=subject,
                consultation_id=consultation_id,
                facts=facts,
            )
        )
    )


def marked(**entry: Any) -> dict[str, Any]:
    """Return an entry with its mark, which says that the application wrote it so."""
    return {**entry, "mark": chain.mark(entry, chance=new_id())}
