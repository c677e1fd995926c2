"""Roles of the whole site: given by invitation, taken away at once, one administrator left."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from ..domain import clean, roles
from ..domain.errors import RuleBroken
from ..models import Account, Role, RoleInvitation, account_role
from ..queries import role_holders as queries
from . import accounts, invitations, journal

GIVEN = roles.GIVEN


def invite(
    session: Session, *, email: object, role: str, inviter: Account, now: datetime
) -> tuple[str, str] | None:
    """Invite an address to a role; return it with its letter's secret, None when it has one.

    Nothing tells whether the address has an account. A second invitation within the hour sends no
    second letter; a later one replaces the first.
    """
    address = clean.email(email, required="email-unreadable")
    if role not in GIVEN:
        raise RuleBroken("role-unknown")
    if _holds(session, address, role):
        raise RuleBroken("role-already", 409)
    waiting = {(one.email, one.role): one for one in session.execute(queries.invited(now))}
    own = [one for one in waiting.values() if one.invited_by_id == inviter.id]
    facts = {"invited_by_id": inviter.id}
    offer = invitations.Offer(RoleInvitation, address, {"role": role}, facts)
    held = waiting.get((address, role))
    made = invitations.send(session, offer, held=held, sent=len(own), now=now)
    if made is None:
        return None
    _record(session, "role.invited", f"invitation:{made[0]}", inviter, now, role)
    return address, made[1]


def uninvite(session: Session, invitation_id: str, *, by: Account, now: datetime) -> None:
    """Take an invitation back: its link no longer works."""
    found = session.get(RoleInvitation, invitation_id)
    if found is None or found.used_at is not None:
        raise RuleBroken("invitation-unknown", 404)
    session.delete(found)
    _record(session, "role.uninvited", f"invitation:{found.id}", by, now, found.role)


def waiting(session: Session, token: str, *, now: datetime) -> RoleInvitation | None:
    """Return what a link invites to, while it can be used; looking at it changes nothing."""
    return session.scalar(
        select(RoleInvitation).where(*invitations.leads_to(RoleInvitation, token, now))
    )


def accept(session: Session, token: str, *, reader: Account | None, now: datetime) -> Account:
    """Use an invitation once, for the account of its address; return it.

    Raises invitation-unknown (422) for a link used, expired or taken back, and
    invitation-for-another (403) when someone else is signed in.
    """
    invitation = waiting(session, token, now=now)
    if invitation is None:
        raise RuleBroken("invitation-unknown")
    account = invitations.use(session, invitation, reader=reader, now=now)
    accounts.grant(session, account, invitation.role, now=now)
    return account


def revoke(session: Session, account_id: str, role: str, *, by: Account, now: datetime) -> None:
    """Take a role away; administrator-last (409) when nobody else could look after the site.

    The account and its sessions stay; the right is gone at its next request.
    """
    if role not in GIVEN:
        raise RuleBroken("role-not-held", 404)
    take_turn(session, role)
    if role == roles.ADMINISTRATOR and _administrators(session, but=account_id) == 0:
        raise RuleBroken("administrator-last", 409)
    gone: Any = session.execute(
        delete(account_role).where(
            account_role.c.account_id == account_id,
            account_role.c.role_id == select(Role.id).where(Role.name == role).scalar_subquery(),
        )
    )
    if gone.rowcount != 1:
        raise RuleBroken("role-not-held", 404)
    _forget(session, account_id, role)
    _record(session, "role.revoked", f"account:{account_id}", by, now, role)


def take_turn(session: Session, role: str) -> None:
    """Wait until nobody else takes a role away: the last two administrators cannot both go."""
    session.execute(update(Role).where(Role.name == role).values(name=role))


def is_last_administrator(session: Session, account_id: str) -> bool:
    """Tell whether nobody else could look after the site if an account went."""
    query = _held(roles.ADMINISTRATOR).where(Account.id == account_id)
    return bool(session.scalar(query)) and _administrators(session, but=account_id) == 0


def _forget(session: Session, account_id: str, role: str) -> None:
    """Forget the letter that gave a role, and those that its holder sent and wait."""
    address = select(Account.email).where(Account.id == account_id).scalar_subquery()
    given = and_(RoleInvitation.email == address, RoleInvitation.role == role)
    sent = and_(RoleInvitation.invited_by_id == account_id, RoleInvitation.used_at.is_(None))
    lost = or_(given, sent) if role == roles.ADMINISTRATOR else given
    session.execute(delete(RoleInvitation).where(lost).execution_options(synchronize_session=False))


def _holds(session: Session, email: str, role: str) -> bool:
    query = _held(role).where(Account.email == email)
    return bool(session.scalar(query))


def _administrators(session: Session, *, but: str) -> int:
    """Count the other administrators."""
    query = _held(roles.ADMINISTRATOR).where(Account.id != but, Account.active)
    return session.scalar(query) or 0


def _held(role: str) -> Any:
    return (
        select(func.count())
        .select_from(account_role)
        .join(Role, Role.id == account_role.c.role_id)
        .join(Account, Account.id == account_role.c.account_id)
        .where(Role.name == role)
    )


def _record(
    session: Session, act: str, subject: str, by: Account, now: datetime, role: str
) -> None:
    journal.record(session, act, subject, actor=f"account:{by.id}", now=now, role=role)
