"""Accounts elsewhere: whom a provider vouches for, linked here by that person alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ..domain.errors import RuleBroken
from ..models import Account, ExternalIdentity, new_id
from . import accounts, inserting, passwords


@dataclass(frozen=True)
class Vouched:
    """Whom a provider has just vouched for; an address counts when the provider checked it."""

    issuer: str
    subject: str
    email: str
    verified: bool


def account_of(session: Session, vouched: Vouched) -> Account | None:
    """Return the account that an identity is linked to."""
    return session.scalar(
        select(Account)
        .join(ExternalIdentity, ExternalIdentity.account_id == Account.id)
        .where(
            ExternalIdentity.issuer == vouched.issuer,
            ExternalIdentity.subject == vouched.subject,
        )
    )


def has_account(session: Session, email: str) -> bool:
    """Tell whether an address has an account here already."""
    return session.scalar(select(Account.id).where(Account.email == email)) is not None


def sign_in(session: Session, vouched: Vouched, *, now: datetime) -> Account | None:
    """Return the account an identity is linked to, made when its checked address is new here.

    None when neither is so: an address that has an account is never linked without its owner.
    Raises provider-refused (422) for an account that is shut out.
    """
    account = account_of(session, vouched)
    if account is None:
        known = not vouched.email or has_account(session, vouched.email)
        if known or not vouched.verified:
            return None
        account = accounts.by_email(session, vouched.email, now=now)
        account.confirmed_at = now
        link(session, account, vouched, now=now)
    if not account.active:
        raise RuleBroken("provider-refused")
    _of(session, vouched).last_used_at = now
    passwords.record(session, account, "account.signed-in", now=now, by="provider")
    return account


def link(session: Session, account: Account, vouched: Vouched, *, now: datetime) -> None:
    """Link an identity to an account, or raise identity-linked (409) when either has another."""
    values = {
        "id": new_id(),
        "issuer": vouched.issuer,
        "subject": vouched.subject,
        "account_id": account.id,
        "created_at": now,
    }
    if not inserting.once(session, ExternalIdentity, values):
        raise RuleBroken("identity-linked", 409)
    passwords.record(session, account, "account.identity-linked", now=now)


def linked(session: Session, account_id: str) -> Sequence[ExternalIdentity]:
    """Return the identities linked to an account."""
    query = select(ExternalIdentity).where(ExternalIdentity.account_id == account_id)
    return session.scalars(query.order_by(ExternalIdentity.created_at)).all()


def unlink(
    session: Session, account: Account, identity_id: str, *, here: str, now: datetime
) -> None:
    """Remove the link to an identity, and end the sessions opened elsewhere."""
    found = session.get(ExternalIdentity, identity_id)
    if found is None or found.account_id != account.id:
        raise RuleBroken("identity-unknown", 404)
    session.execute(delete(ExternalIdentity).where(ExternalIdentity.id == found.id))
    passwords.record(session, account, "account.identity-unlinked", now=now)
    passwords.close_elsewhere(session, account, here=here, now=now)


def _of(session: Session, vouched: Vouched) -> ExternalIdentity:
    return session.scalars(
        select(ExternalIdentity).where(
            ExternalIdentity.issuer == vouched.issuer,
            ExternalIdentity.subject == vouched.subject,
        )
    ).one()
