from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import Account, JournalEntry, RoleInvitation
from consult.services import invitations, role_holders


@pytest.fixture
def ada(make):
    return make.account("administrator", name="Ada")


@pytest.fixture
def invite(session, ada, now):
    def invite_one(email="bob@exemple.fr", role="mediator", at=now, by=ada):
        found = role_holders.invite(session, email=email, role=role, inviter=by, now=at)
        session.commit()
        return found and found[1]

    return invite_one


def refused(code, act, *facts, **named):
    with pytest.raises(RuleBroken, match=code) as broken:
        act(*facts, **named)
    return broken.value.status


def held(session, email):
    query = select(Account).where(Account.email == email).execution_options(populate_existing=True)
    account = session.scalar(query)
    return {role.name for role in account.roles}


def test_an_invitation_gives_its_role_once(session, invite, now):
    token = invite()
    assert role_holders.waiting(session, token, now=now).role == "mediator"
    account = role_holders.accept(session, token, reader=None, now=now)
    session.commit()
    assert held(session, account.email) == {"mediator"} and account.confirmed_at == now
    assert refused("invitation-unknown", role_holders.accept, session, token, reader=None, now=now)
    acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()
    assert {"role.invited", "role.granted"} <= set(acts)
    kept = session.scalars(select(RoleInvitation.token_hash)).one()
    assert kept != token


def test_an_invitation_is_for_its_address_and_its_week(session, invite, make, ada, now):
    token = invite()
    accept = role_holders.accept
    other = make.account()
    assert refused("invitation-for-another", accept, session, token, reader=other, now=now) == 403
    late = now + timedelta(days=7)
    assert refused("invitation-unknown", accept, session, token, reader=None, now=late) == 422
    assert refused("invitation-unknown", accept, session, "x", reader=None, now=now) == 422
    bob = make.account(email="bob@exemple.fr")
    assert accept(session, token, reader=bob, now=now).id == bob.id


def test_whoever_is_shut_out_gets_no_role(session, invite, make, now):
    make.account(email="bob@exemple.fr", active=False)
    token = invite()
    assert refused("invitation-unknown", role_holders.accept, session, token, reader=None, now=now)


def test_one_letter_an_hour_then_a_new_one(session, invite, now):
    first = invite()
    assert invite(at=now + timedelta(minutes=30)) is None
    second = invite(at=now + timedelta(hours=2))
    later = now + timedelta(hours=3)
    assert role_holders.waiting(session, first, now=later) is None
    assert role_holders.waiting(session, second, now=later) is not None


def test_what_cannot_be_invited(invite, make):
    make.account("mediator", email="bob@exemple.fr")
    assert refused("role-already", invite) == 409
    for role in ("", "visitor", "participant", "owner"):
        assert refused("role-unknown", invite, role=role) == 422
    for email in ("", "bob"):
        assert refused("email-unreadable", invite, email) == 422


def test_each_administrator_has_twenty_letters_out_at_most(invite, make):
    for n in range(invitations.MOST):
        assert invite(f"p{n}@exemple.fr")
    assert refused("invitations-too-many", invite, "un.de.plus@exemple.fr")
    assert invite("un.de.plus@exemple.fr", by=make.account("administrator"))


def test_an_invitation_is_taken_back(session, invite, ada, now):
    token = invite()
    number = session.scalars(select(RoleInvitation.id)).one()
    role_holders.uninvite(session, number, by=ada, now=now)
    session.commit()
    assert role_holders.waiting(session, token, now=now) is None
    assert refused("invitation-unknown", role_holders.uninvite, session, number, by=ada, now=now)
    role_holders.accept(session, invite("eve@exemple.fr"), reader=None, now=now)
    number = session.scalars(select(RoleInvitation.id)).one()
    code = "invitation-unknown"
    assert refused(code, role_holders.uninvite, session, number, by=ada, now=now) == 404


def test_a_role_is_taken_away_and_can_be_given_again(session, invite, make, ada, now):
    bob = make.account("mediator", "organiser", email="bob@exemple.fr")
    role_holders.revoke(session, bob.id, "organiser", by=ada, now=now)
    session.commit()
    assert held(session, bob.email) == {"mediator"}
    revoke = role_holders.revoke
    assert refused("role-not-held", revoke, session, bob.id, "organiser", by=ada, now=now) == 404
    assert refused("role-not-held", revoke, session, bob.id, "visitor", by=ada, now=now) == 404
    assert refused("role-not-held", revoke, session, "x", "mediator", by=ada, now=now) == 404
    session.rollback()
    token = invite(role="organiser")
    session.expire_all()
    role_holders.accept(session, token, reader=None, now=now)
    session.commit()
    assert held(session, bob.email) == {"mediator", "organiser"}


def test_the_last_administrator_stays(session, make, ada, now):
    make.account("administrator", active=False)
    revoke = role_holders.revoke
    code = "administrator-last"
    assert refused(code, revoke, session, ada.id, "administrator", by=ada, now=now) == 409
    other = make.account("administrator")
    revoke(session, ada.id, "administrator", by=other, now=now)
    session.commit()
    assert held(session, ada.email) == set()


def test_the_letters_of_a_former_administrator_no_longer_work(session, invite, make, ada, now):
    other = make.account("administrator")
    mine, theirs = invite(), invite("eve@exemple.fr", by=other)
    role_holders.revoke(session, ada.id, "administrator", by=other, now=now)
    assert role_holders.waiting(session, mine, now=now) is None
    assert role_holders.waiting(session, theirs, now=now) is not None
