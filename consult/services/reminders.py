"""Each morning a facilitator is told of what is late in their rooms; nothing late, no letter."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from ..domain import reminders as rules
from ..models import FacilitatorMorning
from ..queries import reminders as queries
from . import inserting

AT_ONCE = 50


def begin(session: Session, *, now: datetime) -> int:
    """Give a first morning to whoever has just begun to facilitate; return how many there are."""
    rows = [
        {"account_id": row.account_id, "next_at": rules.next_morning(now, row.zone)}
        for row in session.execute(queries.unknown())
    ]
    return inserting.many(session, FacilitatorMorning, rows)


def due(session: Session, *, now: datetime, more: int = 0) -> Sequence[Any]:
    """Return whose morning has come, so many at once."""
    return session.execute(queries.due(now).limit(AT_ONCE + more)).all()


def take(session: Session, row: Any, *, now: datetime) -> bool:
    """Take someone's morning, so that nobody else does; tell whether a letter may be written.

    Whoever facilitates no room any more has no other morning.
    """
    is_this_one = (
        FacilitatorMorning.account_id == row.id,
        FacilitatorMorning.next_at == row.next_at,
    )
    if row.zone is None:
        session.execute(delete(FacilitatorMorning).where(*is_this_one))
        return False
    taken: Any = session.execute(
        update(FacilitatorMorning)
        .where(*is_this_one)
        .values(next_at=rules.next_morning(now, row.zone))
        .execution_options(synchronize_session=False)
    )
    return bool(taken.rowcount) and not row.stopped


def gather(
    session: Session, account_id: str, *, delay: timedelta, now: datetime
) -> list[rules.RoomLate]:
    """Return what is late at this moment in the rooms that someone answers for."""
    names = {row.id: row.name for row in session.execute(queries.answered_for(account_id))}
    ids = list(names)
    found = []
    for kind, query, wait in (
        (rules.TEXTS, queries.late_texts(ids, delay, now), delay),
        (rules.REPORTS, queries.late_reports(ids, delay, now), delay),
        (rules.SECOND_READINGS, queries.late_second_readings(ids, account_id, now), timedelta()),
    ):
        for row in session.execute(query):
            found.append(rules.Late(names[row.room_id], kind, row.number, row.since + wait))
    return rules.by_room(found)
