"""The board of calls that others run: written, changed, withdrawn."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from ..domain import clean
from ..domain.errors import RuleBroken
from ..models import OutsideCall
from . import consultations, journal, territories


def _day(raw: object) -> date | None:
    if raw is not None and not isinstance(raw, date):
        raise RuleBroken("date-unreadable")
    return raw


FIELDS: dict[str, Callable[..., Any]] = {
    "funder": partial(clean.line, limit=200, required="funder-missing"),
    "title": partial(clean.line, limit=200, required="title-missing"),
    "about": partial(clean.text, limit=2_000),
    "link": partial(clean.link, required="link-missing"),
    "territory_code": lambda raw: raw or None,
    "closes_on": _day,
}


def values_of(told: OutsideCall) -> dict[str, Any]:
    """Return what the form shows of an outside call."""
    return {name: getattr(told, name) for name in FIELDS}


def add(
    session: Session, *, values: Mapping[str, Any], account_id: str, now: datetime
) -> OutsideCall:
    """Tell of a call that someone else runs."""
    given = {name: read(values[name]) for name, read in FIELDS.items()}
    territories.known(session, given["territory_code"], groupings=True)
    told = OutsideCall(**given, account_id=account_id, created_at=now)
    session.add(told)
    session.flush()
    _record(session, told, "outside-call.told", f"account:{account_id}", now)
    return told


def revise(
    session: Session,
    told: OutsideCall,
    *,
    values: Mapping[str, Any],
    version: str,
    actor: str,
    now: datetime,
) -> None:
    """Change what is told; stale (409) when someone did meanwhile."""
    _claim(session, told)
    consultations.check_stamp(values_of(told), version)
    given = {name: read(values[name]) for name, read in FIELDS.items()}
    territories.known(session, given["territory_code"], groupings=True)
    for name, value in given.items():
        setattr(told, name, value)
    _record(session, told, "outside-call.revised", actor, now)
    session.flush()


def withdraw(session: Session, told: OutsideCall, *, actor: str, now: datetime) -> None:
    """Take an outside call off the board."""
    _claim(session, told)
    told.withdrawn_at = now
    _record(session, told, "outside-call.withdrawn", actor, now)
    session.flush()


def _claim(session: Session, told: OutsideCall) -> None:
    """Count one change; outside-call-withdrawn (409) once it is off the board."""
    session.execute(
        update(OutsideCall)
        .where(OutsideCall.id == told.id)
        .values(version=OutsideCall.version + 1)
        .execution_options(synchronize_session=False)
    )
    session.refresh(told)
    if told.withdrawn_at is not None:
        raise RuleBroken("outside-call-withdrawn", 409)


def _record(session: Session, told: OutsideCall, act: str, actor: str, now: datetime) -> None:
    journal.record(session, act, f"outside-call:{told.id}", actor=actor, now=now)
