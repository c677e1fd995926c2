"""What the letters that offer a place have in common: used once, by their address, not too many."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import Invitation, OrganisationInvitation, RoleInvitation, new_id
from consult.services import accounts, invitations

TOKEN = "the words of a link"


@pytest.fixture(params=[Invitation, OrganisationInvitation, RoleInvitation])
def kind(request):
    return request.param


@pytest.fixture
def invitation(session, make, kind, now):
    """An invitation of each kind, sent to Ada."""
    if kind is Invitation:
        own = {"consultation_id": make.consultation().id}
    elif kind is OrganisationInvitation:
        own = {"organisation_id": make.organisation().id}
    else:
        own = {"role": "mediator", "invited_by_id": make.account("administrator").id}
    row = kind(
        id=new_id(),
        email="ada@exemple.fr",
        token_hash=accounts.digest(TOKEN),
        created_at=now,
        expires_at=now + timedelta(days=invitations.DAYS),
        **own,
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


def test_one_more_is_refused_and_a_replacement_is_not(invitation):
    invitations.refuse_more(None, invitations.MOST - 1)
    invitations.refuse_more(invitation, invitations.MOST)
    with pytest.raises(RuleBroken, match="invitations-too-many"):
        invitations.refuse_more(None, invitations.MOST)
