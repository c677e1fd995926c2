from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import Consultation, CoOrganiser, Mandate, RoleInvitation, RoomMember
from consult.services import leaving


def codes(session, account, now):
    return [one.code for one in leaving.obstacles(session, account, now=now)]


def leave(session, account, now):
    leaving.leave(session, account, actor=f"account:{account.id}", now=now)
    session.commit()


def test_the_last_administrator_stays_until_there_is_another(session, make, now):
    boss = make.account("administrator")
    make.account("administrator", active=False)
    assert codes(session, boss, now) == ["administrator-last"]
    with pytest.raises(RuleBroken, match="administrator-last") as broken:
        leaving.leave(session, boss, actor="system", now=now)
    assert broken.value.status == 409
    session.rollback()
    make.account("administrator")
    leave(session, boss, now)


def test_the_only_facilitator_stays_unless_a_room_above_has_one(session, make, now):
    ada, eve = make.account(), make.account()
    hub = make.room("hub")
    local = make.room("local", above=hub, name="La salle")
    make.joins(ada, local)
    make.joins(eve, local, role="member")
    broken = leaving.obstacles(session, ada, now=now)
    assert [(one.code, one.facts) for one in broken] == [
        ("facilitator-alone", {"room": "La salle"})
    ]
    assert codes(session, eve, now) == []
    make.joins(eve, hub)
    leave(session, ada, now)
    ended = select(RoomMember.ended_at).where(RoomMember.account_id == ada.id)
    assert session.scalars(ended).all() == [now]


def test_who_acts_alone_for_an_organisation_invites_or_leaves_it_first(session, make, now):
    ada, eve = make.account(), make.account()
    place = {"organisation_id": make.organisation(name="La Fabrique").id, "began_at": now}
    own = make.save(Mandate(account_id=ada.id, **place))
    broken = leaving.obstacles(session, ada, now=now)
    assert [(one.code, one.facts) for one in broken] == [
        ("organisation-alone", {"name": "La Fabrique"})
    ]
    make.save(Mandate(account_id=eve.id, **place))
    leave(session, ada, now)
    session.refresh(own)
    assert own.ended_at == now


def test_a_consultation_goes_to_a_colleague_or_is_over(session, make, now):
    ada, eve = make.account("organiser"), make.account("organiser")
    running = make.consultation(owner_id=ada.id, title="En cours")
    over = make.consultation(owner_id=ada.id, closes_at=now - timedelta(days=1))
    draft = make.consultation(owner_id=ada.id, published_at=None)
    broken = leaving.obstacles(session, ada, now=now)
    assert [(one.code, one.facts) for one in broken] == [
        ("consultation-alone", {"title": "En cours"})
    ]
    make.save(CoOrganiser(consultation_id=running.id, account_id=eve.id, created_at=now))
    leave(session, ada, now)
    owners = select(Consultation.owner_id).where(Consultation.id == running.id)
    assert session.scalar(owners) == eve.id
    # What has nobody else keeps its owner here: the account's own row unlinks it.
    for one in (over, draft):
        session.refresh(one)
        assert one.owner_id == ada.id


def test_the_invitations_sent_and_waiting_are_taken_back(session, make, now):
    ada = make.account("administrator")
    letter = {"role": "mediator", "created_at": now, "expires_at": now, "invited_by_id": ada.id}
    make.save(RoleInvitation(email="a@exemple.fr", token_hash="1" * 64, **letter))
    make.save(RoleInvitation(email="b@exemple.fr", token_hash="2" * 64, used_at=now, **letter))
    leaving.take_back(session, ada)
    session.commit()
    assert session.scalars(select(RoleInvitation.email)).all() == ["b@exemple.fr"]
