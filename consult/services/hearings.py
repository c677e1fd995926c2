"""Hearings: people heard for a synthesis, with their words, that its extracts may quote."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..domain import clean, days, hearings
from ..domain.errors import RuleBroken
from ..domain.local_times import zone
from ..models import Account, Consultation, Extract, Hearing, Synthesis
from ..queries import hearings as queries
from . import consultations, syntheses

READ: Mapping[str, Any] = {
    "speaker": partial(clean.line, limit=hearings.NAME_LIMIT, required="hearing-speaker-missing"),
    "function": partial(clean.line, limit=hearings.NAME_LIMIT),
    "organisation": partial(clean.line, limit=hearings.NAME_LIMIT),
    "held_on": partial(days.read, required="hearing-day-missing"),
    "body": partial(clean.text, limit=hearings.BODY_LIMIT, required="hearing-empty"),
    "agrees": bool,
}


def values_of(hearing: Hearing) -> dict[str, Any]:
    """Return what the form of a hearing shows."""
    values = {name: getattr(hearing, name) for name in READ}
    return {**values, "held_on": hearing.held_on.isoformat()}


def add(
    session: Session,
    synthesis: Synthesis,
    values: Mapping[str, object],
    *,
    account: Account,
    now: datetime,
) -> Hearing:
    """Keep what a person said when heard.

    Raises hearing-speaker-missing, hearing-day-missing, hearing-later, hearing-empty, and
    hearings-too-many (409).
    """
    given = _read(session, synthesis, values, now)
    syntheses.claim(session, synthesis)
    of = select(func.count()).where(Hearing.synthesis_id == synthesis.id)
    if (session.scalar(of) or 0) >= hearings.MOST:
        raise RuleBroken("hearings-too-many", 409, max=hearings.MOST)
    made = Hearing(synthesis_id=synthesis.id, created_at=now, **given)
    session.add(made)
    session.flush()
    _record(session, synthesis, "added", made, account, now)
    return made


def correct(
    session: Session,
    hearing: Hearing,
    values: Mapping[str, object],
    *,
    version: str,
    account: Account,
    now: datetime,
) -> None:
    """Correct a hearing; the passages taken from it stay, and say that the text has changed.

    `version` is the stamp of what was shown: stale (409) when someone else changed it meanwhile,
    taken-away (404) when it is no longer there.
    """
    synthesis = _held(session, hearing)
    given = _read(session, synthesis, values, now)
    consultations.check_stamp(values_of(hearing), version)
    for name, value in given.items():
        setattr(hearing, name, value)
    hearing.version += 1
    session.flush()
    _record(session, synthesis, "corrected", hearing, account, now, version=hearing.version)


def remove(session: Session, hearing: Hearing, *, account: Account, now: datetime) -> None:
    """Take a hearing away; hearing-used, hearing-published (409) while something quotes it."""
    synthesis = _held(session, hearing)
    used = select(func.count()).where(Extract.hearing_id == hearing.id)
    number = session.scalar(used) or 0
    if number:
        raise RuleBroken("hearing-used", 409, num=number)
    if session.scalar(queries.published_with(hearing.id).limit(1)) is not None:
        raise RuleBroken("hearing-published", 409)
    _record(session, synthesis, "removed", hearing, account, now)
    session.delete(hearing)
    session.flush()


def _held(session: Session, hearing: Hearing) -> Synthesis:
    """Return the synthesis of a hearing that is still there, for oneself until the commit."""
    synthesis = session.get_one(Synthesis, hearing.synthesis_id)
    syntheses.claim(session, synthesis)
    query = select(Hearing).where(Hearing.id == hearing.id).with_for_update(of=Hearing)
    found = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise RuleBroken("taken-away", 404)
    return synthesis


def _read(
    session: Session, synthesis: Synthesis, values: Mapping[str, object], now: datetime
) -> dict[str, Any]:
    given = {name: read(values.get(name)) for name, read in READ.items()}
    consultation = session.get_one(Consultation, synthesis.consultation_id)
    hearings.check_day(given["held_on"], now.astimezone(zone(consultation.time_zone)).date())
    return given


def _record(
    session: Session,
    synthesis: Synthesis,
    act: str,
    hearing: Hearing,
    account: Account,
    now: datetime,
    **facts: Any,
) -> None:
    about = {"hearing": hearing.id, **facts}
    syntheses.record(session, synthesis, f"hearing.{act}", account=account, now=now, **about)
