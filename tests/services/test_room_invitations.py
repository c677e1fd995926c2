"""Letters that ask someone to join a room."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import JournalEntry, RoomInvitation
from consult.services import invitations, room_invitations, rooms


@pytest.fixture
def ada(make):
    return make.account(name="Ada")


@pytest.fixture
def room(make, ada):
    room = make.room("hub", "R-44")
    make.joins(ada, room)
    return room


@pytest.fixture
def invite(session, room, ada, now):
    def one(email="bob@exemple.fr", role="facilitator", at=now, to=room):
        facts = {"email": email, "role": role, "inviter": ada, "now": at}
        found = room_invitations.invite(session, to, **facts)
        session.commit()
        return found and found[1]

    return one


@pytest.fixture
def accept(session, now):
    def one(token, reader=None, at=now):
        found = room_invitations.accept(session, token, reader=reader, now=at)
        session.commit()
        return found

    return one


def refused(code, act, *facts, **named):
    with pytest.raises(RuleBroken) as broken:
        act(*facts, **named)
    assert broken.value.code == code
    return broken.value.status


def test_a_letter_lets_its_address_in_once(session, room, ada, invite, accept, now):
    token = invite(" BOB@exemple.fr ")
    letter, named = room_invitations.waiting(session, token, now=now)
    assert (letter.email, letter.role, named.id) == ("bob@exemple.fr", "facilitator", room.id)
    account, joined = accept(token)
    assert (account.email, joined.id, account.confirmed_at) == ("bob@exemple.fr", room.id, now)
    assert [p.email for p in rooms.people(session, room.id)] == [ada.email, "bob@exemple.fr"]
    assert refused("invitation-unknown", accept, token) == 422
    acts = session.scalars(
        select(JournalEntry.act)
        .where(JournalEntry.act.startswith("room."))
        .order_by(JournalEntry.id)
    )
    assert set(acts) == {"room.invited", "room.joined"}
    assert session.scalars(select(RoomInvitation.token_hash)).one() != token


def test_a_letter_is_for_its_address_its_week_and_its_room(session, make, invite, accept, now):
    token = invite()
    assert refused("invitation-for-another", accept, token, make.account()) == 403
    session.rollback()
    assert refused("invitation-unknown", accept, token, None, now + timedelta(days=7)) == 422
    assert refused("invitation-unknown", accept, "x") == 422
    bob = make.account(email="bob@exemple.fr")
    assert accept(token, bob)[0].id == bob.id


def test_whoever_is_shut_out_does_not_join(session, make, invite, accept):
    make.account(email="bob@exemple.fr", active=False)
    assert refused("invitation-unknown", accept, invite()) == 422
    session.rollback()


def test_one_letter_an_hour_then_a_new_one_with_its_own_role(session, invite, now):
    first = invite()
    assert invite(role="member", at=now + timedelta(minutes=30)) is None
    second = invite(role="member", at=now + timedelta(hours=2))
    later = now + timedelta(hours=3)
    assert room_invitations.waiting(session, first, now=later) is None
    assert room_invitations.waiting(session, second, now=later)[0].role == "member"


def test_what_cannot_be_invited(session, make, room, ada, invite):
    assert refused("member-already", invite, ada.email) == 409
    assert refused("email-unreadable", invite, "bob") == 422
    for role in ("", "administrator", "national_facilitator"):
        assert refused("role-unknown", invite, role=role) == 422
    for number in range(invitations.MOST):
        assert invite(f"p{number}@exemple.fr")
    assert refused("invitations-too-many", invite) == 422
    assert invite(to=make.room("local", "D-54"))


def test_whoever_joined_meanwhile_is_not_let_in_twice(session, make, room, invite, accept, now):
    token, bob = invite(), make.account(email="bob@exemple.fr")
    make.joins(bob, room)
    assert refused("member-already", accept, token) == 409
    session.rollback()


def test_a_member_may_be_invited_to_facilitate(session, make, room, invite, accept):
    bob = make.account(email="bob@exemple.fr")
    make.joins(bob, room, "member")
    accept(invite())
    roles = {person.email: person.role for person in rooms.people(session, room.id)}
    assert roles[bob.email] == "facilitator"


def test_a_letter_is_taken_back_in_its_own_room_only(session, make, room, invite, now):
    token = invite()
    (letter,) = room_invitations.waiting_for(session, room, now)
    act, facts = room_invitations.uninvite, {"actor": "account:x", "now": now}
    other = make.room("local", "D-54")
    assert refused("invitation-unknown", act, session, other, letter.id, **facts) == 404
    act(session, room, letter.id, **facts)
    session.commit()
    assert room_invitations.waiting(session, token, now=now) is None
    assert refused("invitation-unknown", act, session, room, letter.id, **facts) == 404
    assert room_invitations.waiting_for(session, room, now) == []
