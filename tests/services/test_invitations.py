"""What the letters that offer a place have in common: used once, by their address, not too many."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import (
    Invitation,
    OrganisationInvitation,
    RoleInvitation,
    RoomInvitation,
    new_id,
)
from consult.services import accounts, invitations

TOKEN = "the words of a link"


@pytest.fixture(params=[Invitation, OrganisationInvitation, RoleInvitation, RoomInvitation])
def kind(request):
    return request.param


@pytest.fixture
def place(make, kind):
    """Where an invitation of each kind leads."""
    if kind is Invitation:
        return {"consultation_id": make.consultation().id}
    if kind is OrganisationInvitation:
        return {"organisation_id": make.organisation().id}
    return {"role": "mediator"} if kind is RoleInvitation else {"room_id": make.room().id}


@pytest.fixture
def facts(make, kind):
    """What is said beside."""
    said = {"invited_by_id": make.account("administrator").id}
    return {**said, "role": "member"} if kind is RoomInvitation else said


@pytest.fixture
def invitation(session, kind, place, facts, now):
    """An invitation of each kind, sent to Ada."""
    row = kind(
        id=new_id(),
        email="ada@exemple.fr",
        token_hash=accounts.digest(TOKEN),
        created_at=now,
        expires_at=now + timedelta(days=invitations.DAYS),
        **place,
        **facts,
    )
    session.add(row)
    session.commit()
    return row


def found(session, kind, now):
    return session.scalar(select(kind).where(*invitations.leads_to(kind, TOKEN, now)))


def test_a_link_leads_to_its_invitation_for_a_week(session, kind, invitation, now):
    assert found(session, kind, now) is invitation
    assert found(session, kind, now + timedelta(days=invitations.DAYS)) is None
    invitations.use(session, invitation, reader=None, now=now)
    session.commit()
    assert found(session, kind, now) is None


def test_it_is_used_once_and_confirms_the_address(session, invitation, now):
    account = invitations.use(session, invitation, reader=None, now=now)
    assert (account.email, account.confirmed_at) == ("ada@exemple.fr", now)
    with pytest.raises(RuleBroken, match="invitation-unknown"):
        invitations.use(session, invitation, reader=account, now=now)


def test_it_is_for_its_address_and_for_who_may_sign_in(session, make, invitation, now):
    with pytest.raises(RuleBroken, match="invitation-for-another") as broken:
        invitations.use(session, invitation, reader=make.account(), now=now)
    assert broken.value.status == 403
    make.account(email="ada@exemple.fr", active=False)
    with pytest.raises(RuleBroken, match="invitation-unknown"):
        invitations.use(session, invitation, reader=None, now=now)


@pytest.fixture
def send(session, kind, place, facts):
    def one(held, sent, now):
        offer = invitations.Offer(kind, "ada@exemple.fr", place, facts)
        made = invitations.send(session, offer, held=held, sent=sent, now=now)
        session.commit()
        return made

    return one


def test_one_more_is_refused_and_a_replacement_is_not(session, kind, invitation, send, now):
    with pytest.raises(RuleBroken, match="invitations-too-many"):
        send(None, invitations.MOST, now)
    later = now + timedelta(hours=1)
    assert send(invitation, invitations.MOST, now + timedelta(minutes=59)) is None
    key, token = send(invitation, invitations.MOST, later)
    assert found(session, kind, later) is None
    row = session.scalars(select(kind).where(*invitations.leads_to(kind, token, later))).one()
    assert (row.id, row.email, row.created_at) == (key, "ada@exemple.fr", later)
    assert send(None, invitations.MOST - 1, later)


def test_one_is_taken_back_from_its_place_until_it_is_used(session, invitation, kind, place, now):
    elsewhere = dict.fromkeys(place, "x")
    for key, where in (("x", place), (invitation.id, elsewhere)):
        with pytest.raises(RuleBroken, match="invitation-unknown") as broken:
            invitations.take_back(session, kind, key, **where)
        assert broken.value.status == 404
    invitations.take_back(session, kind, invitation.id, **place)
    assert found(session, kind, now) is None


def test_one_that_was_used_is_not_taken_back(session, invitation, kind, place, now):
    invitations.use(session, invitation, reader=None, now=now)
    with pytest.raises(RuleBroken, match="invitation-unknown"):
        invitations.take_back(session, kind, invitation.id, **place)


def test_one_person_sends_so_many_a_day_those_taken_back_too(session, make, now):
    ada, room = make.account(), make.room()

    def send(number, inviter=ada, at=now):
        facts = {"invited_by_id": inviter.id, "role": "member"}
        place = {"room_id": room.id}
        offer = invitations.Offer(RoomInvitation, f"p{number}@exemple.fr", place, facts)
        made = invitations.send(session, offer, held=None, sent=0, now=at)
        invitations.take_back(session, RoomInvitation, made[0], **place)
        session.commit()

    for number in range(invitations.A_DAY):
        send(number)
    with pytest.raises(RuleBroken) as broken:
        send(invitations.A_DAY)
    assert (broken.value.code, broken.value.status) == ("invitations-today", 429)
    session.rollback()
    send(invitations.A_DAY, make.account())
    send(invitations.A_DAY, at=now + timedelta(days=1))
