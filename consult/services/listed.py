"""The people who may take part in a consultation kept to a list, and the letters they get."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from ..domain import addresses, clean, phases
from ..domain.errors import RuleBroken
from ..models import Consultation, ListedPerson, Mail, new_id
from ..queries import listed as queries
from . import accounts, consultations, inserting, notifications

MOST = 20_000
PAUSE = timedelta(days=1)
AT_ONCE = 500


@dataclass(frozen=True)
class Checked:
    """What a list would change: who is new, who was there, and the lines to look at."""

    fresh: Sequence[str]
    present: int
    unreadable: addresses.Lines
    doubles: addresses.Lines


def check(session: Session, consultation: Consultation, raw: str) -> Checked:
    """Read a list beside the people already there; nothing is written."""
    found = addresses.read(raw)
    held = set(
        session.scalars(
            select(ListedPerson.email).where(ListedPerson.consultation_id == consultation.id)
        )
    )
    fresh = [address for address in found.addresses if address not in held]
    if len(held) + len(fresh) > MOST:
        raise RuleBroken("listed-too-many", max=MOST)
    present = len(found.addresses) - len(fresh)
    return Checked(fresh, present, found.unreadable, found.doubles)


def add(
    session: Session, consultation: Consultation, *, raw: str, actor: str, now: datetime
) -> int:
    """Add the people of a list who are not there yet; return how many they are."""
    consultations.claim(session, consultation.id)
    fresh = check(session, consultation, raw).fresh
    rows = [{"consultation_id": consultation.id, "email": email, "letters": 0} for email in fresh]
    inserting.many(session, ListedPerson, rows)
    _record(session, consultation, "people.listed", actor=actor, now=now, added=len(rows))
    return len(rows)


def remove(
    session: Session, consultation: Consultation, *, email: object, actor: str, now: datetime
) -> None:
    """Take someone off the list; what they wrote stays. Raises listed-unknown (404)."""
    consultations.claim(session, consultation.id)
    gone: Any = session.execute(
        delete(ListedPerson).where(
            ListedPerson.consultation_id == consultation.id,
            ListedPerson.email == clean.email(email),
        )
    )
    if gone.rowcount != 1:
        raise RuleBroken("listed-unknown", 404)
    _record(session, consultation, "people.unlisted", actor=actor, now=now, removed=1)


def may_write(consultation: Consultation, now: datetime) -> bool:
    """Tell whether letters may leave: once it is published, until the close."""
    if consultation.published_at is None or consultation.access != "listed":
        return False
    return phases.of(consultation, now) in (phases.PREPARATION, phases.OPEN)


def number_to_write_to(session: Session, consultation: Consultation, *, now: datetime) -> int:
    """Return how many people have not taken part and had no letter since yesterday."""
    query = queries.to_write_to(consultation.id, now - PAUSE, again=True).order_by(None)
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0


def write_to(
    session: Session,
    consultation: Consultation,
    letter: tuple[str, str],
    *,
    again: bool,
    actor: str,
    now: datetime,
) -> int:
    """Put a letter, its subject and body, in the outbox for each who is due one.

    The first to everyone, once; again, to those who have not taken part, once a day at most.
    Raises letters-not-now (409) before the consultation is published and after its close.
    """
    consultations.claim(session, consultation.id)
    if not may_write(consultation, now):
        raise RuleBroken("letters-not-now", 409)
    query = queries.to_write_to(consultation.id, now - PAUSE, again=again)
    due = [(row.email, row.letters) for row in session.execute(query)]
    inserting.many(session, Mail, [_mail(consultation, letter, *one, now) for one in due])
    for start in range(0, len(due), AT_ONCE):
        session.execute(
            update(ListedPerson)
            .where(
                ListedPerson.consultation_id == consultation.id,
                ListedPerson.email.in_([email for email, _n in due[start : start + AT_ONCE]]),
            )
            .values(written_at=now, letters=ListedPerson.letters + 1)
            .execution_options(synchronize_session=False)
        )
    _record(session, consultation, "people.written", actor=actor, now=now, letters=len(due))
    return len(due)


def _mail(
    consultation: Consultation, letter: tuple[str, str], email: str, before: int, now: datetime
) -> dict[str, Any]:
    """Return the row of one letter; its key tells the person and which letter it is."""
    mark = accounts.digest(email)[:24]
    return {
        "id": new_id(),
        "dedup_key": f"listed:{consultation.id}:{mark}:{before + 1}",
        "recipient": email,
        "subject": " ".join(letter[0].split())[: notifications.SUBJECT_LIMIT],
        "body": letter[1],
        "created_at": now,
        "attempts": 0,
    }


def _record(
    session: Session,
    consultation: Consultation,
    act: str,
    *,
    actor: str,
    now: datetime,
    **facts: int,
) -> None:
    consultations.record(session, consultation, act, actor=actor, now=now, **facts)
