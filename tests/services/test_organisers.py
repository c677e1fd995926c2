"""Several organisers for one consultation."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.domain.errors import RuleBroken
from consult.models import Account, Consultation, CoOrganiser, Invitation, JournalEntry
from consult.services import invitations, organisers


@pytest.fixture
def owner(make):
    return make.account("organiser")


@pytest.fixture
def ours(make, owner):
    return make.consultation(owner_id=owner.id)


def invite(session, consultation, now, email="ada@exemple.fr", inviter=None):
    inviter = inviter or session.scalars(select(Account).limit(1)).one()
    made = organisers.invite(session, consultation, email=email, inviter=inviter, now=now)
    session.commit()
    return made


def accept(session, token, now, reader=None):
    account, _consultation = organisers.accept(session, token, reader=reader, now=now)
    session.commit()
    return account


def refused(code, call, *words, **facts):
    with pytest.raises(RuleBroken) as caught:
        call(*words, **facts)
    assert caught.value.code == code


def remove(session, consultation, account_id, now):
    organisers.remove(session, consultation, account_id, actor="account:x", now=now)
    session.commit()


def test_an_invitation_makes_an_organiser_once(session, ours, owner, now):
    address, token = invite(session, ours, now, " ADA@exemple.fr ")
    account = accept(session, token, now)
    assert (address, account.email) == ("ada@exemple.fr", "ada@exemple.fr")
    assert account.roles == []
    session.expire(account)
    assert account.co_organises
    assert organisers.organises(session, ours, account.id)
    assert organisers.joined(session, ours, account.id)
    assert not organisers.joined(session, ours, owner.id)
    assert [person.id for person in organisers.people(session, ours)] == [owner.id, account.id]
    refused("invitation-unknown", accept, session, token, now)
    acts = session.scalars(
        select(JournalEntry.act).where(JournalEntry.act.startswith("organiser.")).order_by("id")
    )
    assert list(acts) == ["organiser.invited", "organiser.joined"]


def test_an_account_that_is_there_is_used(session, make, ours, now):
    held = make.account("mediator", email="ada@exemple.fr")
    _address, token = invite(session, ours, now)
    assert accept(session, token, now, reader=held).id == held.id
    assert {role.name for role in held.roles} == {"mediator"}


def test_a_link_expired_taken_back_replaced_or_of_someone_else_is_refused(session, make, ours, now):
    _address, token = invite(session, ours, now)
    refused("invitation-for-another", accept, session, token, now, reader=make.account())
    session.rollback()
    assert organisers.waiting(session, token, now=now + timedelta(days=6)) is not None
    refused("invitation-unknown", accept, session, token, now + timedelta(days=8))
    assert invite(session, ours, now + timedelta(minutes=5)) is None
    _address, second = invite(session, ours, now + timedelta(hours=2))
    refused("invitation-unknown", accept, session, token, now)
    (invitation,) = session.scalars(select(Invitation)).all()
    organisers.uninvite(session, ours, invitation.id, actor="account:x", now=now)
    session.commit()
    refused("invitation-unknown", accept, session, second, now)
    refused("invitation-unknown", accept, session, "no such token", now)
    assert session.scalar(select(func.count()).select_from(CoOrganiser)) == 0


def test_whoever_is_shut_out_does_not_join(session, make, ours, now):
    make.account(email="ada@exemple.fr", active=False)
    _address, token = invite(session, ours, now)
    refused("invitation-unknown", accept, session, token, now)


def test_invitations_are_bounded_and_for_others(session, make, ours, owner, now):
    refused("organiser-already", invite, session, ours, now, owner.email)
    refused("email-unreadable", invite, session, ours, now, "not an address")
    for number in range(invitations.MOST):
        invite(session, ours, now, f"{number}@exemple.fr")
    refused("invitations-too-many", invite, session, ours, now)
    other = make.consultation()
    (first, *_rest) = session.scalars(select(Invitation.id)).all()
    refused(
        "invitation-unknown", organisers.uninvite, session, other, first, actor="account:x", now=now
    )


def test_someone_always_organises(session, make, ours, owner, now):
    refused("organiser-last", remove, session, ours, owner.id, now)
    refused("organiser-unknown", remove, session, ours, make.account().id, now)
    ada = accept(session, invite(session, ours, now)[1], now)
    bob = accept(session, invite(session, ours, now, "bob@exemple.fr")[1], now)
    remove(session, ours, owner.id, now)
    assert ours.owner_id == ada.id
    assert set(session.scalars(select(CoOrganiser.account_id))) == {ada.id, bob.id}
    assert [person.id for person in organisers.people(session, ours)] == [ada.id, bob.id]
    bob.active = False
    session.commit()
    refused("organiser-last", remove, session, ours, ada.id, now)
    session.rollback()
    remove(session, ours, bob.id, now)
    assert [person.id for person in organisers.people(session, ours)] == [ada.id]
    entry = session.scalars(
        select(JournalEntry)
        .where(JournalEntry.act == "organiser.removed")
        .order_by(JournalEntry.id)
    )
    assert [one.facts["account"] for one in entry] == [owner.id, bob.id]


def test_the_invitations_of_whoever_leaves_are_gone(session, ours, owner, now):
    ada = accept(session, invite(session, ours, now)[1], now)
    _address, token = invite(session, ours, now, "eve@exemple.fr", inviter=ada)
    _address, kept = invite(session, ours, now, "bob@exemple.fr", inviter=owner)
    remove(session, ours, ada.id, now)
    assert organisers.waiting(session, token, now=now) is None
    assert organisers.waiting(session, kept, now=now) is not None


def test_two_who_leave_at_once_do_not_both_leave(session, ours, owner, now):
    ada = accept(session, invite(session, ours, now)[1], now)

    def leave(account_id):
        with Session(session.get_bind()) as own:
            try:
                remove(own, own.get_one(Consultation, ours.id), account_id, now)
            except RuleBroken as broken:
                return broken.code
            return "gone"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(leave, [owner.id, ada.id])) == ["gone", "organiser-last"]


def test_a_link_used_twice_at_once_is_used_once(session, ours, now):
    _address, token = invite(session, ours, now)

    def use(_number):
        with Session(session.get_bind()) as own:
            try:
                return bool(accept(own, token, now))
            except RuleBroken:
                return False

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(use, range(4))) == [False, False, False, True]
    assert session.scalar(select(func.count()).select_from(Account)) == 2


def test_whoever_came_in_another_way_meanwhile_is_in_once(session, make, ours, now):
    for email, joins in (("ada@exemple.fr", True), ("bob@exemple.fr", False)):
        _address, token = invite(session, ours, now, email)
        account = make.account(email=email)
        if joins:
            facts = {"consultation_id": ours.id, "account_id": account.id}
            make.save(CoOrganiser(created_at=now, **facts))
        else:
            ours.owner_id = account.id
            session.commit()
        assert accept(session, token, now).id == account.id
    assert session.scalar(select(func.count()).select_from(CoOrganiser)) == 1
    acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()
    assert "organiser.joined" not in acts
