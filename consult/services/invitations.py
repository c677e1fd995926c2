"""Letters that offer a place on the site, each used once by whoever holds its address."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from ..domain.errors import RuleBroken
from ..models import Account, Base, new_id
from ..models.invited import Invited, InvitingDay
from . import accounts, inserting

DAYS = 7
MOST = 20
A_DAY = 60  # by one person, whatever they are to, those taken back too
PAUSE = timedelta(hours=1)
Kind = TypeVar("Kind", bound=Invited)
Place = TypeVar("Place", bound=Base)


class Dated(Protocol):
    """An invitation, or a row that tells when it was sent."""

    @property
    def created_at(self) -> datetime:
        """When it was sent."""


@dataclass(frozen=True)
class Offer:
    """Whom is offered what: `place` and the address allow one letter, `facts` are said beside."""

    kind: type[Invited]
    email: str
    place: Mapping[str, str]
    facts: Mapping[str, str | None] = field(default_factory=dict)


def send(
    session: Session, offer: Offer, *, held: Dated | None, sent: int, now: datetime
) -> tuple[str, str] | None:
    """Write an invitation in place of the one `held`; return its id and its letter's secret.

    None within the hour: there is a letter already. Raises invitations-too-many when `sent`, the
    number of those that wait beside it, is as many as may, and invitations-today (429).
    """
    if held is not None and held.created_at > now - PAUSE:
        return None
    if held is None and sent >= MOST:
        raise RuleBroken("invitations-too-many", max=MOST)
    _count(session, str(offer.facts["invited_by_id"]), now)
    session.execute(delete(offer.kind).where(offer.kind.email == offer.email, *_at(offer)))
    token, key = secrets.token_urlsafe(32), new_id()
    values = {
        "id": key,
        "email": offer.email,
        "token_hash": accounts.digest(token),
        "created_at": now,
        "expires_at": now + timedelta(days=DAYS),
    }
    inserting.once(session, offer.kind, {**values, **offer.place, **offer.facts})
    return key, token


def _count(session: Session, account_id: str, now: datetime) -> None:
    """Count one more invitation of the day for a person, or raise invitations-today (429)."""
    day = now.date()
    inserting.once(session, InvitingDay, {"account_id": account_id, "day": day, "number": 0})
    counted: Any = session.execute(
        update(InvitingDay)
        .where(
            InvitingDay.account_id == account_id,
            InvitingDay.day == day,
            InvitingDay.number < A_DAY,
        )
        .values(number=InvitingDay.number + 1)
        .execution_options(synchronize_session=False)
    )
    if counted.rowcount != 1:
        raise RuleBroken("invitations-today", 429, max=A_DAY)


def take_back(session: Session, kind: type[Invited], invitation_id: str, **place: str) -> None:
    """Take an invitation of a place back: its link no longer works; invitation-unknown (404)."""
    gone: Any = session.execute(
        delete(kind).where(
            kind.id == invitation_id,
            kind.used_at.is_(None),
            *(getattr(kind, name) == value for name, value in place.items()),
        )
    )
    if gone.rowcount != 1:
        raise RuleBroken("invitation-unknown", 404)


def _at(offer: Offer) -> tuple[ColumnElement[bool], ...]:
    return tuple(getattr(offer.kind, name) == value for name, value in offer.place.items())


def leads_to(kind: type[Invited], token: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Tell which invitation of a kind a link leads to, while it can be used."""
    return (
        kind.token_hash == accounts.digest(token),
        kind.used_at.is_(None),
        kind.expires_at > now,
    )


def waiting(
    session: Session, kind: type[Kind], place: type[Place], token: str, *, now: datetime
) -> tuple[Kind, Place] | None:
    """Return what a link invites to and where; looking at it changes nothing."""
    query = select(kind, place).join_from(kind, place).where(*leads_to(kind, token, now))
    row = session.execute(query).one_or_none()
    return None if row is None else (row[0], row[1])


def use(session: Session, invitation: Invited, *, reader: Account | None, now: datetime) -> Account:
    """Use an invitation once; return the account of its address, confirmed by the letter.

    Raises invitation-unknown (422) when it was used meanwhile or its account is shut out, and
    invitation-for-another (403) when someone else is signed in.
    """
    if reader is not None and reader.email != invitation.email:
        raise RuleBroken("invitation-for-another", 403)
    kind = type(invitation)
    used: Any = session.execute(
        update(kind)
        .where(kind.id == invitation.id, kind.used_at.is_(None))
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    account = accounts.by_email(session, invitation.email, now=now)
    if used.rowcount != 1 or not account.active:
        raise RuleBroken("invitation-unknown")
    account.confirmed_at = account.confirmed_at or now
    return account
