"""Who organises a consultation: invited by letter, taken away by a colleague, never nobody left."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from ..domain import clean
from ..domain.errors import RuleBroken
from ..models import Account, Consultation, CoOrganiser, Invitation
from ..queries import organisers as queries
from . import consultations, inserting, invitations


def organises(session: Session, consultation: Consultation, account_id: str) -> bool:
    """Tell whether an account organises a consultation."""
    return consultation.owner_id == account_id or joined(session, consultation, account_id)


def joined(session: Session, consultation: Consultation, account_id: str) -> bool:
    """Tell whether an account was invited to organise a consultation, and still does."""
    return session.get(CoOrganiser, (consultation.id, account_id)) is not None


def people(session: Session, consultation: Consultation) -> Sequence[Any]:
    """Return the accounts that organise a consultation, the one who opened it first."""
    return session.execute(queries.people(consultation.id)).all()


def invite(
    session: Session, consultation: Consultation, *, email: object, inviter: Account, now: datetime
) -> tuple[str, str] | None:
    """Invite an address; return it with the secret of its letter, None when it has one already.

    Nothing tells whether the address has an account. A second invitation within the hour sends no
    second letter; a later one replaces the first.
    """
    address = clean.email(email, required="email-unreadable")
    consultations.claim(session, consultation.id)
    if any(person.email == address for person in people(session, consultation)):
        raise RuleBroken("organiser-already", 409)
    waiting = {one.email: one for one in session.scalars(queries.invited(consultation.id, now))}
    place, facts = {"consultation_id": consultation.id}, {"invited_by_id": inviter.id}
    offer = invitations.Offer(Invitation, address, place, facts)
    made = invitations.send(session, offer, held=waiting.get(address), sent=len(waiting), now=now)
    if made is None:
        return None
    actor = f"account:{inviter.id}"
    consultations.record(session, consultation, "organiser.invited", actor=actor, now=now)
    return address, made[1]


def uninvite(
    session: Session, consultation: Consultation, invitation_id: str, *, actor: str, now: datetime
) -> None:
    """Take an invitation back: its link no longer works."""
    invitations.take_back(session, Invitation, invitation_id, consultation_id=consultation.id)
    consultations.record(session, consultation, "organiser.uninvited", actor=actor, now=now)


def waiting(
    session: Session, token: str, *, now: datetime
) -> tuple[Invitation, Consultation] | None:
    """Return what a link invites to, while it can be used; looking at it changes nothing."""
    return invitations.waiting(session, Invitation, Consultation, token, now=now)


def accept(
    session: Session, token: str, *, reader: Account | None, now: datetime
) -> tuple[Account, Consultation]:
    """Use an invitation once, for the account of its address; return it with its consultation.

    It opens this consultation and no other: no role of the site comes with it. Raises
    invitation-unknown (422) for a link used, expired or taken back, and invitation-for-another
    (403) when someone else is signed in.
    """
    found = waiting(session, token, now=now)
    if found is None:
        raise RuleBroken("invitation-unknown")
    invitation, consultation = found
    consultations.claim(session, consultation.id)
    account = invitations.use(session, invitation, reader=reader, now=now)
    _add(session, consultation, account, now)
    return account, consultation


def _add(session: Session, consultation: Consultation, account: Account, now: datetime) -> None:
    if consultation.owner_id == account.id:
        return
    row = {"consultation_id": consultation.id, "account_id": account.id, "created_at": now}
    if inserting.once(session, CoOrganiser, row):
        actor = f"account:{account.id}"
        consultations.record(session, consultation, "organiser.joined", actor=actor, now=now)


def remove(
    session: Session, consultation: Consultation, account_id: str, *, actor: str, now: datetime
) -> None:
    """Take an organiser away; organiser-last (409) when nobody else could manage.

    When whoever opened the consultation goes, the oldest of the others takes their place. The
    invitations that they sent and wait are gone too.
    """
    consultations.claim(session, consultation.id)
    session.refresh(consultation)
    held = people(session, consultation)
    if account_id not in {person.id for person in held}:
        raise RuleBroken("organiser-unknown", 404)
    left = [person.id for person in held if person.id != account_id and person.active]
    if not left:
        raise RuleBroken("organiser-last", 409)
    if consultation.owner_id == account_id:
        consultation.owner_id = left[0]
    # Whoever takes the place keeps what they were invited to: it is all that opens it to them.
    session.execute(
        delete(CoOrganiser).where(
            CoOrganiser.consultation_id == consultation.id, CoOrganiser.account_id == account_id
        )
    )
    session.execute(
        delete(Invitation).where(
            Invitation.consultation_id == consultation.id,
            Invitation.invited_by_id == account_id,
            Invitation.used_at.is_(None),
        )
    )
    session.flush()
    consultations.record(
        session, consultation, "organiser.removed", actor=actor, now=now, account=account_id
    )
