"""Whom the people of a territory may call: one contact a territory."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain import clean
from ..domain.errors import RuleBroken
from ..models import Territory, TerritoryContact
from . import consultations, inserting, journal

FIELDS: dict[str, Callable[..., str]] = {
    "name": partial(clean.line, limit=200),
    "phone": partial(clean.line, limit=40),
    "email": clean.email,
    "hours": partial(clean.line, limit=200),
}


def values_of(session: Session, territory: Territory) -> dict[str, str]:
    """Return the contact of a territory, empty words where there is none."""
    found = session.get(TerritoryContact, territory.code, populate_existing=True)
    return {name: getattr(found, name) if found else "" for name in FIELDS}


def save(
    session: Session,
    territory: Territory,
    *,
    values: Mapping[str, object],
    version: str,
    actor: str,
    now: datetime,
) -> None:
    """Write the contact of a territory; nothing typed removes it.

    Raises contact-unreachable when there is neither a telephone number nor an address, and stale
    (409) when someone else has changed it since the form was read.
    """
    read = {name: rule(values.get(name)) for name, rule in FIELDS.items()}
    if any(read.values()) and not (read["phone"] or read["email"]):
        raise RuleBroken("contact-unreachable")
    inserting.once(
        session, TerritoryContact, {"territory_code": territory.code, **dict.fromkeys(FIELDS, "")}
    )
    query = select(TerritoryContact).where(TerritoryContact.territory_code == territory.code)
    held = session.scalars(query.with_for_update().execution_options(populate_existing=True)).one()
    consultations.check_stamp({name: getattr(held, name) for name in FIELDS}, version)
    if any(read.values()):
        for name, value in read.items():
            setattr(held, name, value)
    else:
        session.delete(held)
    session.flush()
    journal.record(session, "contact.saved", f"territory:{territory.code}", actor=actor, now=now)
