"""Letters that offer a place on the site, each used once by whoever holds its address."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, update
from sqlalchemy.orm import Session

from ..domain.errors import RuleBroken
from ..models import Account, Invitation, OrganisationInvitation, RoleInvitation
from . import accounts

DAYS = 7
MOST = 20
PAUSE = timedelta(hours=1)
Kind = Invitation | OrganisationInvitation | RoleInvitation


def leads_to(
    kind: type[Invitation] | type[OrganisationInvitation] | type[RoleInvitation],
    token: str,
    now: datetime,
) -> tuple[ColumnElement[bool], ...]:
    """Tell which invitation of a kind a link leads to, while it can be used."""
    return (
        kind.token_hash == accounts.digest(token),
        kind.used_at.is_(None),
        kind.expires_at > now,
    )


def refuse_more(held: object, sent: int) -> None:
    """Refuse one more letter when too many wait; one that replaces a held one is not one more."""
    if held is None and sent >= MOST:
        raise RuleBroken("invitations-too-many", max=MOST)


def use(session: Session, invitation: Kind, *, reader: Account | None, now: datetime) -> Account:
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
