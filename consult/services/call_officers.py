"""Who runs an open call: invited by letter, taken away by a colleague, never nobody left."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from ..domain import clean
from ..domain.errors import RuleBroken
from ..models import Account, CallInvitation, CallOfficer, OpenCall
from ..queries import call_officers as queries
from . import call_parts, inserting, invitations


def people(session: Session, call: OpenCall) -> Sequence[Any]:
    """Return the accounts that run a call, the first one first."""
    return session.execute(queries.people(call.id)).all()


def invite(
    session: Session, call: OpenCall, *, email: object, inviter: Account, now: datetime
) -> tuple[str, str] | None:
    """Invite an address; return it with the secret of its letter, None when it has one already.

    Nothing tells whether the address has an account. A second invitation within the hour sends no
    second letter; a later one replaces the first.
    """
    address = clean.email(email, required="email-unreadable")
    call_parts.claim(session, call)
    if any(person.email == address for person in people(session, call)):
        raise RuleBroken("officer-already", 409)
    waiting = {one.email: one for one in session.scalars(queries.invited(call.id, now))}
    place, facts = {"call_id": call.id}, {"invited_by_id": inviter.id}
    offer = invitations.Offer(CallInvitation, address, place, facts)
    made = invitations.send(session, offer, held=waiting.get(address), sent=len(waiting), now=now)
    if made is None:
        return None
    call_parts.record(session, call, "officer.invited", actor=f"account:{inviter.id}", now=now)
    return address, made[1]


def uninvite(
    session: Session, call: OpenCall, invitation_id: str, *, actor: str, now: datetime
) -> None:
    """Take an invitation back: its link no longer works."""
    invitations.take_back(session, CallInvitation, invitation_id, call_id=call.id)
    call_parts.record(session, call, "officer.uninvited", actor=actor, now=now)


def waiting(
    session: Session, token: str, *, now: datetime
) -> tuple[CallInvitation, OpenCall] | None:
    """Return what a link invites to, while it can be used; looking at it changes nothing."""
    return invitations.waiting(session, CallInvitation, OpenCall, token, now=now)


def accept(
    session: Session, token: str, *, reader: Account | None, now: datetime
) -> tuple[Account, OpenCall]:
    """Use an invitation once, for the account of its address; return it with its call.

    Raises invitation-unknown (422) for a link used, expired or taken back, and
    invitation-for-another (403) when someone else is signed in.
    """
    found = waiting(session, token, now=now)
    if found is None:
        raise RuleBroken("invitation-unknown")
    invitation, call = found
    call_parts.claim(session, call)
    account = invitations.use(session, invitation, reader=reader, now=now)
    row = {"call_id": call.id, "account_id": account.id, "created_at": now}
    if inserting.once(session, CallOfficer, row):
        call_parts.record(session, call, "officer.joined", actor=f"account:{account.id}", now=now)
    return account, call


def remove(session: Session, call: OpenCall, account_id: str, *, actor: str, now: datetime) -> None:
    """Take someone away, and the invitations they sent; officer-last (409) when nobody is left."""
    call_parts.claim(session, call)
    held = people(session, call)
    if account_id not in {person.id for person in held}:
        raise RuleBroken("officer-unknown", 404)
    if not [person.id for person in held if person.id != account_id and person.active]:
        raise RuleBroken("officer-last", 409)
    session.execute(
        delete(CallOfficer).where(
            CallOfficer.call_id == call.id, CallOfficer.account_id == account_id
        )
    )
    session.execute(
        delete(CallInvitation).where(
            CallInvitation.call_id == call.id,
            CallInvitation.invited_by_id == account_id,
            CallInvitation.used_at.is_(None),
        )
    )
    session.flush()
    call_parts.record(session, call, "officer.removed", actor=actor, now=now, account=account_id)
