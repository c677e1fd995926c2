"""Random numbers that come back once: challenges of passkeys, states of a provider."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ..domain.errors import RuleBroken
from ..models import SpentNumber
from . import accounts, inserting

# Longer than any of these numbers lives in a browser.
KEPT = timedelta(hours=2)


def spend(session: Session, number: str, *, now: datetime) -> None:
    """Use a number, or raise already-used (409)."""
    if not is_first(session, number, now=now):
        raise RuleBroken("already-used", 409)


def is_first(session: Session, number: str, *, now: datetime) -> bool:
    """Use a number; of those who do at the same moment, tell one that they are the first.

    Those that are too old to come back are forgotten.
    """
    session.execute(delete(SpentNumber).where(SpentNumber.expires_at < now))
    values = {"number_hash": accounts.digest(number), "expires_at": now + KEPT}
    return inserting.once(session, SpentNumber, values)


def is_spent(session: Session, number: str) -> bool:
    """Tell whether a number has come back already; asking changes nothing."""
    query = select(SpentNumber.number_hash).where(
        SpentNumber.number_hash == accounts.digest(number)
    )
    return session.scalar(query) is not None
