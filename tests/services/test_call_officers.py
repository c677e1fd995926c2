"""Several people run a call: invited by letter, never nobody left."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.models import CallInvitation, JournalEntry
from consult.services import call_officers
from tests import open_calls as factory
from tests.services.test_open_calls import refused


@pytest.fixture
def first(make):
    return make.account("local_authority", email="lea@exemple.fr")


@pytest.fixture
def call(make, first):
    return factory.call(make, officer=first)


def invite(session, call, inviter, now, email="ada@exemple.fr"):
    return call_officers.invite(session, call, email=email, inviter=inviter, now=now)


def test_an_invitation_lets_someone_run_this_call_once(session, call, first, now):
    address, token = invite(session, call, first, now, " ADA@exemple.fr ")
    assert invite(session, call, first, now + timedelta(minutes=5)) is None
    assert call_officers.waiting(session, token, now=now)[1] is call
    account, found = call_officers.accept(session, token, reader=None, now=now)
    session.commit()
    assert (address, account.email, found.id) == ("ada@exemple.fr", "ada@exemple.fr", call.id)
    session.expire(account)
    assert account.runs_calls and account.roles == []
    assert [one.id for one in call_officers.people(session, call)] == [first.id, account.id]
    accept = call_officers.accept
    assert refused("invitation-unknown", accept, session, token, reader=None, now=now) == 422
    assert refused("officer-already", invite, session, call, first, now) == 409
    acts = session.scalars(select(JournalEntry.act).where(JournalEntry.act.startswith("officer.")))
    assert sorted(acts) == ["officer.invited", "officer.joined"]


def test_whoever_runs_it_already_loses_nothing_by_accepting(session, make, call, first, now):
    _address, token = invite(session, call, first, now)
    ada = make.account(email="ada@exemple.fr")
    factory.runs(make, call, ada)
    call_officers.accept(session, token, reader=ada, now=now)
    assert len(call_officers.people(session, call)) == 2


def test_a_letter_of_someone_else_or_taken_back_does_nothing(session, make, call, first, now):
    _address, token = invite(session, call, first, now)
    accept = call_officers.accept
    refused("invitation-for-another", accept, session, token, reader=make.account(), now=now)
    letter = session.scalars(select(CallInvitation)).one()
    by = {"actor": "account:x", "now": now}
    other = factory.call(make)
    refused("invitation-unknown", call_officers.uninvite, session, other, letter.id, **by)
    call_officers.uninvite(session, call, letter.id, **by)
    assert call_officers.waiting(session, token, now=now) is None


def test_the_last_one_stays(session, make, call, first, now):
    remove, by = call_officers.remove, {"actor": "account:x", "now": now}
    assert refused("officer-last", remove, session, call, first.id, **by) == 409
    assert refused("officer-unknown", remove, session, call, make.account().id, **by) == 404
    ada = make.account(email="ada@exemple.fr")
    factory.runs(make, call, ada)
    invite(session, call, first, now, "eve@exemple.fr")
    remove(session, call, first.id, **by)
    assert [one.id for one in call_officers.people(session, call)] == [ada.id]
    assert session.scalars(select(CallInvitation)).all() == []
