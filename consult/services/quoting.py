"""Quoting people by their name: they are told before anything is published, and may contest it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain import clean, passages
from ..domain.errors import RuleBroken
from ..models import Account, Extract
from ..queries import extracts as queries
from . import journal

AT_ONCE = 200


def tell(session: Session, consultation_id: str, *, by: Account, now: datetime) -> Sequence[Any]:
    """Note that the people quoted by name are told now; return the rows to write letters from.

    Each extract is in one answer only. Whoever left no address is in none: nothing names them.
    """
    query = queries.to_tell(consultation_id).where(queries.has_address()).limit(AT_ONCE)
    locked = query.with_for_update(of=Extract).execution_options(populate_existing=True)
    told = session.execute(locked).all()
    for row in told:
        row.Extract.told_at = now
        _record(session, "extract.told", row.Extract.id, f"account:{by.id}", now)
    session.flush()
    return told


def contest(session: Session, extract_id: str, why: object, *, now: datetime) -> Extract:
    """Keep that the author of a passage contests it, with their words, if any.

    Raises extract-gone (404) for one that is no longer there, contest-done (409) the second time.
    """
    said = clean.text(why, passages.WHY_LIMIT)
    query = select(Extract).where(Extract.id == extract_id, Extract.told_at.is_not(None))
    locked = query.with_for_update(of=Extract).execution_options(populate_existing=True)
    extract = session.scalars(locked).one_or_none()
    if extract is None:
        raise RuleBroken("extract-gone", 404)
    if extract.contested_at is not None:
        raise RuleBroken("contest-done", 409)
    extract.contested_at, extract.contested_why = now, said
    _record(session, "extract.contested", extract.id, "author", now)
    session.flush()
    return extract


def waiting(session: Session, synthesis_id: str, now: datetime) -> int:
    """Count the extracts whose authors are named but cannot be yet: publishing leaves names out."""
    before = now - passages.CONTEST_WITHIN
    return session.scalar(queries.waiting(synthesis_id, before)) or 0


def _record(session: Session, act: str, extract_id: str, actor: str, now: datetime) -> None:
    journal.record(session, act, f"extract:{extract_id}", actor=actor, now=now)
