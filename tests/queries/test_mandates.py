"""Members and invitations of one organisation, not of its neighbour."""

from datetime import timedelta

from sqlalchemy import select

from consult.models import Mandate, OrganisationInvitation
from consult.queries import mandates
from tests import open_calls


def test_only_mandates_in_force_of_this_organisation(session, make, now):
    here, noise = make.organisation(), make.organisation()
    ada, bob, eve = (make.account(name=name) for name in ("Ada", "Bob", ""))
    for organisation, account, facts in (
        (here, ada, {"is_shown": True}),
        (here, bob, {"is_shown": True, "ended_at": now}),
        (here, eve, {"is_shown": True}),
        (noise, bob, {"is_shown": True}),
    ):
        owner = {"organisation_id": organisation.id, "account_id": account.id}
        make.save(Mandate(began_at=now, **owner, **facts))
    members = session.execute(mandates.members(here.id)).all()
    assert {row.account_id for row in members} == {ada.id, eve.id}
    assert [row.name for row in session.execute(mandates.shown(here.id))] == ["Ada"]
    assert [row.slug for row in session.execute(mandates.of_account(bob.id))] == [noise.slug]


def test_which_organisation_carries_a_project_that_was_sent(session, make, now):
    here, noise = make.organisation(), make.organisation()
    project = open_calls.project(make, open_calls.call(make), lead=here, submitted_at=None)
    open_calls.project(make, open_calls.call(make), lead=make.organisation())
    asked = [select(mandates.carries(one.id)) for one in (here, noise)]
    assert [bool(session.scalar(one)) for one in asked] == [False, False]
    project.submitted_at, project.state = now, "withdrawn"
    session.commit()
    assert [bool(session.scalar(one)) for one in asked] == [True, False]


def test_only_invitations_that_can_be_accepted(session, make, now):
    here, noise = make.organisation(), make.organisation()
    for n, (organisation, facts) in enumerate(
        (
            (here, {}),
            (here, {"used_at": now}),
            (here, {"expires_at": now}),
            (noise, {}),
        )
    ):
        values = {"expires_at": now + timedelta(days=1), **facts}
        make.save(
            OrganisationInvitation(
                organisation_id=organisation.id,
                email=f"p{n}@x.fr",
                token_hash=str(n),
                created_at=now,
                **values,
            )
        )
    assert [one.email for one in session.scalars(mandates.invited(here.id, now))] == ["p0@x.fr"]
