"""Letters that ask someone to join a room, as a member or to facilitate it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ..domain import clean, colleges
from ..domain import rooms as rules
from ..domain.errors import RuleBroken
from ..models import Account, Room, RoomInvitation
from ..queries import rooms as queries
from . import invitations, journal, rooms


def waiting_for(session: Session, room: Room, now: datetime) -> Sequence[RoomInvitation]:
    """Return the letters of a room that can still be accepted, the oldest first."""
    return session.scalars(queries.invited(room.id, now)).all()


def invite(
    session: Session,
    room: Room,
    *,
    email: object,
    role: str,
    inviter: Account,
    now: datetime,
    **about: Any,
) -> tuple[str, str] | None:
    """Invite an address to a room; return it with its letter's secret, None when it has one.

    `about` may say of which college they are. Nothing tells whether the address has an account.
    A second invitation within the hour sends no second letter; a later one replaces the first,
    its role too. Raises email-unreadable, role-unknown, college-unknown, member-already (409)
    and invitations-too-many.
    """
    address = clean.email(email, required="email-unreadable")
    rules.role(role)
    if any(one.email == address and one.role == role for one in rooms.people(session, room.id)):
        raise RuleBroken("member-already", 409)
    waiting = {one.email: one for one in waiting_for(session, room, now)}
    facts = {
        "role": role,
        "invited_by_id": inviter.id,
        "college": colleges.read(about.get("college")),
    }
    offer = invitations.Offer(RoomInvitation, address, {"room_id": room.id}, facts)
    made = invitations.send(session, offer, held=waiting.get(address), sent=len(waiting), now=now)
    if made is None:
        return None
    by = f"account:{inviter.id}"
    subject = f"room:{room.id}"
    journal.record(session, "room.invited", subject, actor=by, now=now, letter=made[0], role=role)
    return address, made[1]


def uninvite(
    session: Session, room: Room, invitation_id: str, *, actor: str, now: datetime
) -> None:
    """Take an invitation back: its link no longer works."""
    invitations.take_back(session, RoomInvitation, invitation_id, room_id=room.id)
    subject = f"room:{room.id}"
    journal.record(session, "room.uninvited", subject, actor=actor, now=now, letter=invitation_id)


def waiting(session: Session, token: str, *, now: datetime) -> tuple[RoomInvitation, Room] | None:
    """Return what a link invites to, while it can be used; looking at it changes nothing."""
    return invitations.waiting(session, RoomInvitation, Room, token, now=now)


def accept(
    session: Session, token: str, *, reader: Account | None, now: datetime
) -> tuple[Account, Room]:
    """Use an invitation once, for the account of its address; return it with its room.

    Raises invitation-unknown (422) for a link used, expired or taken back, member-already (409),
    and invitation-for-another (403) when someone else is signed in.
    """
    found = waiting(session, token, now=now)
    if found is None:
        raise RuleBroken("invitation-unknown")
    invitation, room = found
    account = invitations.use(session, invitation, reader=reader, now=now)
    actor = f"account:{account.id}"
    college = invitation.college
    rooms.add_member(session, room, account, invitation.role, actor=actor, now=now, college=college)
    return account, room
