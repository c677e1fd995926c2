"""Organisations in whose name people sign: the same name, however typed, is the same one."""

import re
import unicodedata
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain import lookalikes
from ..domain.errors import RuleBroken
from ..models import Mandate, Organisation, Participant, new_id
from . import inserting, journal

SLUG_LIMIT = 60


def named(session: Session, name: str, *, now: datetime) -> Organisation:
    """Return the organisation of this name, made at the first signature."""
    key = name_key(name)
    found = select(Organisation).where(Organisation.name_key == key)
    if (organisation := session.scalar(found)) is not None:
        return organisation
    slug = _slug(key)
    for address in (slug, f"{slug}-{new_id()[-6:]}"):  # the second is for an address taken
        values = {"id": new_id(), "slug": address, "name": name, "name_key": key}
        values["look"] = lookalikes.skeleton(name)
        inserting.once(session, Organisation, {**values, "created_at": now})
    return session.scalars(found).one()


def chosen(session: Session, name: str, *, now: datetime) -> Organisation:
    """Return the organisation of a name that a person gives.

    Raises organisation-alike for a new name that the eye takes for that of a confirmed one.
    """
    known = session.scalar(select(Organisation.id).where(Organisation.name_key == name_key(name)))
    if known is None and (official := alike(session, name)) is not None:
        raise RuleBroken("organisation-alike", name=official.name)
    return named(session, name, now=now)


def alike(session: Session, name: str) -> Organisation | None:
    """Return the confirmed organisation that another name could be taken for."""
    return session.scalar(
        select(Organisation)
        .where(
            Organisation.look == lookalikes.skeleton(name),
            Organisation.name_key != name_key(name),
            Organisation.confirmed_at.is_not(None),
        )
        .limit(1)
    )


def signing(session: Session, name: str, participant_id: str, *, now: datetime) -> Organisation:
    """Return the organisation in whose name a person signs; a confirmed one asks for a mandate.

    Raises organisation-members-only for whoever holds none.
    """
    found = chosen(session, name, now=now)
    if found.confirmed_at is not None:
        held = (
            select(Mandate.id)
            .join(Participant, Participant.account_id == Mandate.account_id)
            .where(
                Mandate.organisation_id == found.id,
                Mandate.ended_at.is_(None),
                Participant.id == participant_id,
            )
        )
        if session.scalar(held.limit(1)) is None:
            raise RuleBroken("organisation-members-only", name=found.name)
    return found


def confirm(
    session: Session, organisation: Organisation, *, official: bool, actor: str, now: datetime
) -> None:
    """Say that an organisation is official, or no longer; saying it twice changes nothing."""
    if (organisation.confirmed_at is not None) == official:
        return
    organisation.confirmed_at = now if official else None
    session.flush()
    act = "organisation.confirmed" if official else "organisation.unconfirmed"
    journal.record(session, act, f"organisation:{organisation.id}", actor=actor, now=now)


def name_key(name: str) -> str:
    """Return what two spellings of a name share: letters and figures, without case nor accent."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = re.findall(r"[^\W_]+", letters)
    return (" ".join(words) or letters.strip())[:200]


def _slug(key: str) -> str:
    slug = "-".join(re.findall(r"[a-z0-9]+", key))[:SLUG_LIMIT].strip("-")
    return slug or f"structure-{new_id()[-6:]}"
