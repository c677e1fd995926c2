"""Thanks by name: whoever took part agrees to it, under the name they choose, or takes it back."""

from datetime import datetime

from sqlalchemy.orm import Session

from ..domain import clean, signatures
from ..models import Contribution, Credit
from . import inserting, journal


def find(session: Session, contribution: Contribution) -> Credit | None:
    """Return the agreement of whoever sent a contribution, if they gave it."""
    key = (contribution.consultation_id, contribution.participant_id)
    return session.get(Credit, key, populate_existing=True)


def give(
    session: Session, contribution: Contribution, *, agrees: bool, name: object, now: datetime
) -> bool:
    """Note that someone agrees to be thanked under a name, or no longer; tell whether they do.

    Raises credit-name-missing for an agreement without a name.
    """
    found = find(session, contribution)
    if not agrees:
        if found is not None:
            session.delete(found)
            _record(session, "credit.withdrawn", contribution, now)
        return False
    given = clean.line(name, signatures.NAME_LIMIT, required="credit-name-missing")
    key = {
        "consultation_id": contribution.consultation_id,
        "participant_id": contribution.participant_id,
    }
    if not inserting.once(session, Credit, {**key, "name": given, "created_at": now}):
        session.get_one(Credit, tuple(key.values())).name = given
    _record(session, "credit.given", contribution, now)
    session.flush()
    return True


def _record(session: Session, act: str, contribution: Contribution, now: datetime) -> None:
    journal.record(
        session,
        act,
        f"contribution:{contribution.id}",
        actor=f"participant:{contribution.participant_id}",
        now=now,
        consultation_id=contribution.consultation_id,
    )
