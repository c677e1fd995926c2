"""Leaving everything at once: rooms, organisations, consultations, letters of invitation sent."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Select, delete, exists, select
from sqlalchemy.orm import Session, aliased

from ..domain import phases, roles
from ..domain.errors import RuleBroken
from ..domain.rooms import FACILITATOR
from ..models import (
    Account,
    CallInvitation,
    Consultation,
    Invitation,
    Mandate,
    Organisation,
    OrganisationInvitation,
    RoleInvitation,
    Room,
    RoomInvitation,
    RoomMember,
)
from ..queries.organisers import is_organised_by
from . import consultations, mandates, organisers, role_holders, rooms

INVITATIONS = (CallInvitation, Invitation, OrganisationInvitation, RoleInvitation, RoomInvitation)
RUNNING = (phases.PREPARATION, phases.OPEN)


def obstacles(session: Session, account: Account, *, now: datetime) -> list[RuleBroken]:
    """Return why someone cannot go yet: each is what they would leave to nobody."""
    return list(_obstacles(session, account, now))


def leave(session: Session, account: Account, *, actor: str, now: datetime) -> None:
    """End all that an account does for others, or raise the first of `obstacles` (409).

    A consultation goes to the oldest of its other organisers; one that is over to nobody.
    """
    organised = organised_by(session, account)
    held = _mandates(session, account)
    _take_turns(session, organised, [organisation for _one, organisation in held], now)
    for broken in _obstacles(session, account, now):
        raise broken
    for room in session.scalars(_rooms(account)).all():
        rooms.end_membership(session, room, account.id, actor=actor, now=now)
    for mandate, organisation in held:
        mandates.end(session, organisation, mandate.id, by=account, now=now)
    for consultation in organised:
        session.refresh(consultation)
        if _others(session, consultation, account):
            organisers.remove(session, consultation, account.id, actor=actor, now=now)
    session.flush()


def take_back(session: Session, account: Account) -> None:
    """Delete the invitations that someone sent and that wait."""
    for kind in INVITATIONS:
        session.execute(
            delete(kind)
            .where(kind.invited_by_id == account.id, kind.used_at.is_(None))
            .execution_options(synchronize_session=False)
        )


def organised_by(session: Session, account: Account) -> Sequence[Consultation]:
    """Return the consultations that someone organises, alone or with others."""
    query = select(Consultation).where(is_organised_by(account.id))
    return session.scalars(query.order_by(Consultation.id)).all()


def _obstacles(session: Session, account: Account, now: datetime) -> Iterator[RuleBroken]:
    if role_holders.is_last_administrator(session, account.id):
        yield RuleBroken("administrator-last", 409)
    for room in session.scalars(_rooms(account).where(RoomMember.role == FACILITATOR)):
        if not rooms.someone_else(session, room, account.id):
            yield RuleBroken("facilitator-alone", 409, room=room.name)
    for name in session.scalars(_alone_in(account)):
        yield RuleBroken("organisation-alone", 409, name=name)
    for consultation in organised_by(session, account):
        running = consultation.published_at and phases.of(consultation, now) in RUNNING
        if running and not _others(session, consultation, account):
            yield RuleBroken("consultation-alone", 409, title=consultation.title)


def _take_turns(
    session: Session,
    organised: Sequence[Consultation],
    organisations: Sequence[Organisation],
    now: datetime,
) -> None:
    """Wait until nobody else changes what is about to be left, always in the same order."""
    role_holders.take_turn(session, roles.ADMINISTRATOR)
    rooms.take_turn(session, now)
    for organisation in organisations:
        mandates.claim(session, organisation)
    for consultation in organised:
        consultations.claim(session, consultation.id)


def _rooms(account: Account) -> Select[Room]:
    return (
        select(Room)
        .join(RoomMember, RoomMember.room_id == Room.id)
        .where(RoomMember.account_id == account.id, RoomMember.ended_at.is_(None))
        .order_by(Room.id)
    )


def _mandates(session: Session, account: Account) -> list[tuple[Mandate, Organisation]]:
    query = (
        select(Mandate, Organisation)
        .join(Organisation, Organisation.id == Mandate.organisation_id)
        .where(Mandate.account_id == account.id, Mandate.ended_at.is_(None))
        .order_by(Organisation.id)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def _alone_in(account: Account) -> Select[str]:
    other = aliased(Mandate)
    return (
        select(Organisation.name)
        .join(Mandate, Mandate.organisation_id == Organisation.id)
        .where(
            Mandate.account_id == account.id,
            Mandate.ended_at.is_(None),
            ~exists().where(
                other.organisation_id == Organisation.id,
                other.account_id != account.id,
                other.ended_at.is_(None),
            ),
        )
        .order_by(Organisation.name)
    )


def _others(session: Session, consultation: Consultation, account: Account) -> bool:
    held = organisers.people(session, consultation)
    return any(person.active and person.id != account.id for person in held)
