"""Whom the letters of a published split go to, so many at once, each once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ..models import OpenCall, SplitDecision
from ..queries import splits as queries

AT_ONCE = 50
Taken = tuple[OpenCall, SplitDecision, Sequence[Any]]


def take(session: Session, *, now: datetime) -> Taken | None:
    """Take the next letters of the oldest split that is not told whole; None when all are.

    Whoever takes them holds them until the commit. After a correction, only those whose amount
    changed are written to, and in the end those who no longer receive anything.
    """
    telling = session.scalars(queries.to_tell().with_for_update(skip_locked=True)).one_or_none()
    if telling is None:
        return None
    decision = session.scalars(queries.told_of(telling.decision_id)).one()
    call = session.get_one(OpenCall, decision.call_id)
    rows = session.execute(queries.ranked(decision.id, telling.reached, AT_ONCE)).all()
    if rows:
        telling.reached = rows[-1].rank
    found = _changed(session, decision, rows)
    if len(rows) < AT_ONCE:
        telling.done_at = now
        found += [row for row in session.execute(queries.lost(decision)) if row.email]
    return call, decision, found


def _changed(session: Session, decision: SplitDecision, rows: Sequence[Any]) -> list[Any]:
    had: dict[str, int] = {}
    if decision.number > 1:
        keys = [row.project_id for row in rows]
        query = queries.before(decision.call_id, decision.number, keys)
        had = {row.project_id: row.awarded_cents for row in session.execute(query)}
    return [row for row in rows if row.email and had.get(row.project_id) != row.awarded_cents]
