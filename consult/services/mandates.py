"""Who may sign for an organisation: declared by the first, invited by letter, ended or left."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from ..domain import clean, signatures
from ..domain.errors import RuleBroken
from ..models import Account, Mandate, Organisation, OrganisationInvitation, new_id
from ..queries import mandates as queries
from . import inserting, invitations, journal, organisations


def declare(
    session: Session, account: Account, *, name: object, function: object, now: datetime
) -> Organisation:
    """Declare that one acts for an organisation nobody acts for yet; return it.

    Raises organisation-held (409) when it has members, who can invite, or is confirmed, and
    organisation-carries (409) when it carries a project that was sent: not for the first comer.
    """
    said = clean.line(name, signatures.NAME_LIMIT, required="organisation-missing")
    what = clean.line(function, signatures.FUNCTION_LIMIT)
    organisation = organisations.chosen(session, said, now=now)
    claim(session, organisation)
    if organisation.confirmed_at is not None or _members(session, organisation):
        raise RuleBroken("organisation-held", 409)
    if session.scalar(select(queries.carries(organisation.id))):
        raise RuleBroken("organisation-carries", 409)
    _begin(session, organisation, account, None, now, what)
    return organisation


def held_by(session: Session, organisation: Organisation, account: Account) -> Mandate:
    """Return the mandate in force of an account, or raise mandate-needed (403)."""
    found = session.scalar(
        select(Mandate).where(
            Mandate.organisation_id == organisation.id,
            Mandate.account_id == account.id,
            Mandate.ended_at.is_(None),
        )
    )
    if found is None:
        raise RuleBroken("mandate-needed", 403)
    return found


def describe(
    session: Session, mandate: Mandate, *, function: object, is_shown: bool, now: datetime
) -> None:
    """Say as what one acts, and whether one's name stands on the organisation's page."""
    mandate.function = clean.line(function, signatures.FUNCTION_LIMIT)
    mandate.is_shown = is_shown
    session.flush()
    _record(session, "mandate.described", mandate.organisation_id, mandate.account_id, now)


def invite(
    session: Session, organisation: Organisation, *, email: object, inviter: Account, now: datetime
) -> tuple[str, str] | None:
    """Invite an address; return it with the secret of its letter, None when it has one already.

    Nothing tells whether the address has an account. A second invitation within the hour sends no
    second letter; a later one replaces the first.
    """
    address = clean.email(email, required="email-unreadable")
    claim(session, organisation)
    held_by(session, organisation, inviter)
    if any(row.email == address for row in session.execute(queries.members(organisation.id))):
        raise RuleBroken("mandate-already", 409)
    waiting = {one.email: one for one in session.scalars(queries.invited(organisation.id, now))}
    place, facts = {"organisation_id": organisation.id}, {"invited_by_id": inviter.id}
    offer = invitations.Offer(OrganisationInvitation, address, place, facts)
    made = invitations.send(session, offer, held=waiting.get(address), sent=len(waiting), now=now)
    if made is None:
        return None
    _record(session, "mandate.invited", organisation.id, inviter.id, now)
    return address, made[1]


def uninvite(
    session: Session, organisation: Organisation, invitation_id: str, *, by: Account, now: datetime
) -> None:
    """Take an invitation back: its link no longer works."""
    held_by(session, organisation, by)
    place = {"organisation_id": organisation.id}
    invitations.take_back(session, OrganisationInvitation, invitation_id, **place)
    _record(session, "mandate.uninvited", organisation.id, by.id, now)


def waiting(
    session: Session, token: str, *, now: datetime
) -> tuple[OrganisationInvitation, Organisation] | None:
    """Return what a link invites to, while it can be used; looking at it changes nothing."""
    return invitations.waiting(session, OrganisationInvitation, Organisation, token, now=now)


def accept(
    session: Session, token: str, *, reader: Account | None, now: datetime
) -> tuple[Account, Organisation]:
    """Use an invitation once, for the account of its address; return it and its organisation.

    Raises invitation-unknown (422) for a link used, expired or taken back, and
    invitation-for-another (403) when someone else is signed in.
    """
    found = waiting(session, token, now=now)
    if found is None:
        raise RuleBroken("invitation-unknown")
    invitation, organisation = found
    claim(session, organisation)
    account = invitations.use(session, invitation, reader=reader, now=now)
    _begin(session, organisation, account, invitation.invited_by_id, now)
    return account, organisation


def end(
    session: Session, organisation: Organisation, mandate_id: str, *, by: Account, now: datetime
) -> Mandate:
    """End a mandate: one's own, or that of someone who came later; what they signed stays.

    The invitations that its holder sent and wait are gone. Raises mandate-unknown (404) and
    mandate-earlier (403).
    """
    claim(session, organisation)
    own = held_by(session, organisation, by)
    found = session.get(Mandate, mandate_id, populate_existing=True)
    if found is None or found.organisation_id != organisation.id or found.ended_at is not None:
        raise RuleBroken("mandate-unknown", 404)
    if found.id != own.id and (found.began_at, found.id) < (own.began_at, own.id):
        raise RuleBroken("mandate-earlier", 403)
    found.ended_at = now
    session.execute(
        delete(OrganisationInvitation).where(
            OrganisationInvitation.organisation_id == organisation.id,
            OrganisationInvitation.invited_by_id == found.account_id,
            OrganisationInvitation.used_at.is_(None),
        )
    )
    session.flush()
    _record(session, "mandate.ended", organisation.id, by.id, now, mandate=found.id)
    return found


def claim(session: Session, organisation: Organisation) -> None:
    """Let one person at a time change who acts for an organisation."""
    session.execute(
        update(Organisation)
        .where(Organisation.id == organisation.id)
        .values(name=Organisation.name)
        .execution_options(synchronize_session=False)
    )


def _members(session: Session, organisation: Organisation) -> int:
    return (
        session.scalar(
            select(func.count()).where(
                Mandate.organisation_id == organisation.id, Mandate.ended_at.is_(None)
            )
        )
        or 0
    )


def _begin(
    session: Session,
    organisation: Organisation,
    account: Account,
    invited_by_id: str | None,
    now: datetime,
    function: str = "",
) -> None:
    values = {
        "id": new_id(),
        "organisation_id": organisation.id,
        "account_id": account.id,
        "invited_by_id": invited_by_id,
        "function": function,
        "is_shown": False,
        "began_at": now,
    }
    if inserting.once(session, Mandate, values):
        _record(session, "mandate.began", organisation.id, account.id, now)


def _record(
    session: Session, act: str, organisation_id: str, by: str, now: datetime, **facts: Any
) -> None:
    journal.record(
        session, act, f"organisation:{organisation_id}", actor=f"account:{by}", now=now, **facts
    )
