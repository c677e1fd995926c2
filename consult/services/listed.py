"""The people who may take part in a consultation kept to a list."""

import re
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from ..domain import clean
from ..domain.errors import RuleBroken
from ..models import Consultation, ListedPerson
from . import consultations, journal

MOST = 20_000
TEXT_LIMIT = 900_000


def read(raw: object) -> list[str]:
    """Return the e-mail addresses of a list, each once; a wrong one is named with its line."""
    found: dict[str, None] = {}
    for number, row in enumerate(clean.text(raw, TEXT_LIMIT).split("\n"), start=1):
        for word in filter(None, re.split(r"[,;\s]+", row)):
            try:
                found[clean.email(word)] = None
            except RuleBroken as error:
                raise RuleBroken("listed-unreadable", line=number, text=word[:80]) from error
    if len(found) > MOST:
        raise RuleBroken("listed-too-many", max=MOST)
    return sorted(found)


def of(session: Session, consultation: Consultation) -> list[str]:
    """Return the addresses of the list, in order."""
    return list(
        session.scalars(
            select(ListedPerson.email)
            .where(ListedPerson.consultation_id == consultation.id)
            .order_by(ListedPerson.email)
        )
    )


def replace(
    session: Session,
    consultation: Consultation,
    *,
    raw: object,
    version: str,
    actor: str,
    now: datetime,
) -> tuple[int, int]:
    """Make the list what was typed; return how many were added and how many taken away."""
    wanted = set(read(raw))
    consultations.claim(session, consultation.id)
    present = set(of(session, consultation))
    consultations.check_stamp({"listed": sorted(present)}, version)
    fresh, gone = sorted(wanted - present), sorted(present - wanted)
    for start in range(0, len(gone), 500):
        session.execute(
            delete(ListedPerson).where(
                ListedPerson.consultation_id == consultation.id,
                ListedPerson.email.in_(gone[start : start + 500]),
            )
        )
    rows = [{"consultation_id": consultation.id, "email": email} for email in fresh]
    if rows:
        session.execute(insert(ListedPerson), rows)
    journal.record(
        session,
        "consultation.listed",
        f"consultation:{consultation.id}",
        actor=actor,
        now=now,
        consultation_id=consultation.id,
        added=len(fresh),
        removed=len(gone),
    )
    return len(fresh), len(gone)
