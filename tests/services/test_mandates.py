"""Who may sign for an organisation: declared once, invited by letter, ended, left."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import Mandate, OrganisationInvitation
from consult.queries import mandates as queries
from consult.services import invitations, mandates, organisations
from tests import open_calls


@pytest.fixture
def ada(make):
    return make.account(name="Ada")


@pytest.fixture
def held(session, ada, now):
    """An organisation that Ada declared."""
    found = mandates.declare(session, ada, name="La Fabrique", function="Directrice", now=now)
    session.commit()
    return found


def refused(code, status, act):
    with pytest.raises(RuleBroken) as broken:
        act()
    assert (broken.value.code, broken.value.status) == (code, status)


def joined(session, held, inviter, account, now):
    _address, token = mandates.invite(session, held, email=account.email, inviter=inviter, now=now)
    mandates.accept(session, token, reader=None, now=now)
    session.commit()
    return mandates.held_by(session, held, account)


def test_the_first_declares_it_and_nobody_else(session, make, ada, held, now):
    mandate = mandates.held_by(session, held, ada)
    assert (mandate.function, mandate.is_shown, mandate.ended_at) == ("Directrice", False, None)
    again = {"name": "la fabrique", "function": "", "now": now}
    refused("organisation-held", 409, lambda: mandates.declare(session, make.account(), **again))
    refused("organisation-held", 409, lambda: mandates.declare(session, ada, **again))
    refused(
        "organisation-missing",
        422,
        lambda: mandates.declare(session, ada, name=" ", function="", now=now),
    )
    found = organisations.named(session, "La Région", now=now)
    organisations.confirm(session, found, official=True, actor="account:x", now=now)
    refused(
        "organisation-held",
        409,
        lambda: mandates.declare(session, ada, name="La Région", function="", now=now),
    )


def test_what_carries_a_sent_project_is_not_for_the_first_comer(session, make, ada, held, now):
    call, name = open_calls.call(make), "La Ludothèque"
    theirs = make.organisation(name=name, name_key="la ludotheque")
    draft = open_calls.project(
        make, call, lead=theirs, state="draft", number=None, submitted_at=None
    )
    by = {"name": name, "function": "", "now": now}
    assert mandates.declare(session, ada, **by).id == theirs.id
    session.rollback()
    draft.submitted_at = now
    session.commit()
    refused("organisation-carries", 409, lambda: mandates.declare(session, ada, **by))


def test_a_member_invites_and_the_letter_works_once(session, make, ada, held, now):
    bob = make.account(email="bob@x.fr")
    invite = {"email": " BOB@x.fr", "inviter": ada}
    address, token = mandates.invite(session, held, now=now, **invite)
    assert address == "bob@x.fr"
    assert mandates.invite(session, held, now=now, **invite) is None
    later = now + invitations.PAUSE
    _address, newer = mandates.invite(session, held, now=later, **invite)
    assert mandates.waiting(session, token, now=now) is None
    assert mandates.waiting(session, newer, now=now)[1].id == held.id
    refused(
        "invitation-for-another",
        403,
        lambda: mandates.accept(session, newer, reader=ada, now=later),
    )
    account, organisation = mandates.accept(session, newer, reader=bob, now=later)
    session.commit()
    assert (account.id, organisation.id) == (bob.id, held.id)
    refused("invitation-unknown", 422, lambda: mandates.accept(session, newer, reader=bob, now=now))
    rows = session.execute(queries.members(held.id)).all()
    assert [(row.email, row.inviter_name) for row in rows] == [
        (ada.email, None),
        ("bob@x.fr", "Ada"),
    ]
    refused(
        "mandate-already",
        409,
        lambda: mandates.invite(session, held, email="bob@x.fr", inviter=ada, now=later),
    )


def test_only_a_member_invites_a_few(session, make, ada, held, now):
    stranger = make.account()
    refused(
        "mandate-needed",
        403,
        lambda: mandates.invite(session, held, email="x@x.fr", inviter=stranger, now=now),
    )
    for n in range(invitations.MOST):
        mandates.invite(session, held, email=f"p{n}@x.fr", inviter=ada, now=now)
    refused(
        "invitations-too-many",
        422,
        lambda: mandates.invite(session, held, email="x@x.fr", inviter=ada, now=now),
    )


def test_an_invitation_is_taken_back_or_expires(session, make, ada, held, now):
    _address, token = mandates.invite(session, held, email="x@x.fr", inviter=ada, now=now)
    late = now + timedelta(days=invitations.DAYS)
    assert mandates.waiting(session, token, now=late) is None
    one = session.scalars(select(OrganisationInvitation)).one()
    other = mandates.declare(session, ada, name="Autre", function="", now=now)
    refused(
        "invitation-unknown",
        404,
        lambda: mandates.uninvite(session, other, one.id, by=ada, now=now),
    )
    mandates.uninvite(session, held, one.id, by=ada, now=now)
    refused(
        "invitation-unknown", 404, lambda: mandates.uninvite(session, held, one.id, by=ada, now=now)
    )
    assert mandates.waiting(session, token, now=now) is None


def test_one_says_as_what_one_acts(session, ada, held, now):
    mandate = mandates.held_by(session, held, ada)
    assert session.execute(queries.shown(held.id)).all() == []
    mandates.describe(session, mandate, function=" La  cheffe", is_shown=True, now=now)
    session.commit()
    assert session.execute(queries.shown(held.id)).all() == [("Ada", "La cheffe")]
    assert session.execute(queries.of_account(ada.id)).one().function == "La cheffe"


def test_who_came_first_is_not_put_out(session, make, ada, held, now):
    bob, eve = make.account(), make.account()
    second = joined(session, held, ada, bob, now + timedelta(hours=1))
    third = joined(session, held, bob, eve, now + timedelta(hours=2))
    first = mandates.held_by(session, held, ada)
    late = now + timedelta(hours=3)
    _address, token = mandates.invite(session, held, email="z@x.fr", inviter=bob, now=late)
    for mandate in (first, second):
        refused(
            "mandate-earlier",
            403,
            lambda one=mandate: mandates.end(session, held, one.id, by=eve, now=late),
        )
    mandates.end(session, held, second.id, by=ada, now=late)
    session.commit()
    assert mandates.waiting(session, token, now=late) is None
    refused(
        "mandate-unknown", 404, lambda: mandates.end(session, held, second.id, by=ada, now=late)
    )
    refused("mandate-needed", 403, lambda: mandates.end(session, held, third.id, by=bob, now=late))
    assert mandates.end(session, held, third.id, by=eve, now=late).account_id == eve.id
    mandates.end(session, held, first.id, by=ada, now=late)
    session.commit()
    assert session.execute(queries.members(held.id)).all() == []
    again = mandates.declare(session, bob, name="La Fabrique", function="", now=late)
    assert again.id == held.id
    held_ones = select(Mandate.account_id).where(Mandate.organisation_id == held.id)
    assert len(session.scalars(held_ones).all()) == 4


def test_accepting_what_one_already_holds_changes_nothing(session, make, ada, held, now):
    bob = make.account()
    _address, token = mandates.invite(session, held, email=bob.email, inviter=ada, now=now)
    session.scalars(select(OrganisationInvitation)).one().invited_by_id = None
    mandates.end(session, held, mandates.held_by(session, held, ada).id, by=ada, now=now)
    mandates.declare(session, bob, name=held.name, function="Cheffe", now=now)
    mandates.accept(session, token, reader=bob, now=now)
    session.commit()
    assert [row.function for row in session.execute(queries.members(held.id))] == ["Cheffe"]
