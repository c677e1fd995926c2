"""Who carries a project: a mandate for the lead, one project a call, partners who may leave."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from consult.domain.errors import RuleBroken
from consult.domain.projects import Facts
from consult.models import Mandate, Organisation, ProjectCarrier
from consult.queries import projects as queries
from consult.services import project_carriers
from tests import open_calls


@pytest.fixture
def call(make):
    return open_calls.call(make)


@pytest.fixture
def ada(make):
    return make.account(name="Ada")


@pytest.fixture
def lead(make, ada):
    found = make.organisation()
    make.save(Mandate(organisation_id=found.id, account_id=ada.id, began_at=make.now))
    return found


def refused(code, status, act):
    with pytest.raises(RuleBroken) as broken:
        act()
    assert (broken.value.code, broken.value.status) == (code, status)
    return broken.value


def names(session, project, account=None):
    rows = session.execute(queries.carriers(project.id, account and account.id)).all()
    return [(row.name, row.leads, bool(row.mine)) for row in rows]


def test_the_lead_is_one_the_writer_acts_for(session, make, call, ada, lead, now):
    project = open_calls.project(make, call, lead=make.organisation(), state="draft", number=None)
    by = {"by": ada, "now": now}
    facts = Facts(title="a", lead=lead.id, partners=("La Ludothèque", lead.name))
    project_carriers.set_on(session, project, facts, **by)
    session.commit()
    assert names(session, project, ada) == [
        (lead.name, True, True),
        ("La Ludothèque", False, False),
    ]
    declared = Facts(title="a", declared=("Le Fablab", "Directrice"))
    project_carriers.set_on(session, project, declared, **by)
    project_carriers.set_on(session, project, declared, **by)  # declared once
    session.commit()
    assert names(session, project, ada) == [("Le Fablab", True, True)]
    other = make.organisation()
    for code, status, wrong in (
        ("carrier-missing", 422, Facts(title="a")),
        ("carrier-missing", 422, Facts(title="a", lead="none")),
        ("mandate-needed", 403, Facts(title="a", lead=other.id)),
    ):
        refused(
            code,
            status,
            lambda wrong=wrong: project_carriers.set_on(session, project, wrong, **by),
        )
    bob = make.account()
    refused(
        "organisation-held",
        409,
        lambda: project_carriers.set_on(session, project, declared, by=bob, now=now),
    )


def test_one_project_a_lead_and_the_constraint_behind(session, make, call, ada, lead, now):
    first = open_calls.project(make, call, lead=lead)
    second = open_calls.project(make, call, lead=make.organisation(), state="draft", number=None)
    facts = Facts(title="a", lead=lead.id)
    project_carriers.set_on(session, second, facts, by=ada, now=now)
    session.commit()
    refused("carrier-once", 409, lambda: project_carriers.settle(session, call, second))
    first.state = "draft"  # what another request has not committed yet
    session.commit()
    refused("carrier-once", 409, lambda: project_carriers.settle(session, call, second))
    project_carriers.give_back(session, first)
    project_carriers.settle(session, call, second)
    session.commit()
    taken = session.get(ProjectCarrier, (second.id, lead.id))
    assert taken.once_call_id == call.id
    with pytest.raises(IntegrityError):
        session.execute(
            ProjectCarrier.__table__.update()
            .where(ProjectCarrier.project_id == first.id)
            .values(once_call_id=call.id)
        )


def test_a_cap_for_one_carrier_counts_all_that_it_asks(session, make, ada, lead, now):
    call = open_calls.call(make, one_per_carrier=False, carrier_cap_cents=150_000)
    open_calls.project(make, call, lead=lead, asked=100_000)
    second = open_calls.project(make, call, lead=lead, asked=50_000, state="draft", number=None)
    project_carriers.settle(session, call, second)
    second.asked_cents = 50_001
    session.commit()
    broken = refused("carrier-cap", 422, lambda: project_carriers.settle(session, call, second))
    assert broken.facts == {"cents": 50_000}
    alone = open_calls.project(make, call, state="draft", number=None)
    session.execute(ProjectCarrier.__table__.delete().where(ProjectCarrier.project_id == alone.id))
    refused("carrier-missing", 422, lambda: project_carriers.settle(session, call, alone))
    assert not project_carriers.writes(session, alone, ada)


def test_a_partner_leaves_and_the_lead_withdraws(session, make, call, ada, lead, now):
    project = open_calls.project(make, call, lead=lead)
    partner = make.organisation()
    make.save(ProjectCarrier(project_id=project.id, organisation_id=partner.id))
    bob = make.account()
    leave = {"by": bob, "now": now}
    refused(
        "mandate-needed",
        403,
        lambda: project_carriers.leave(session, project, partner, **leave),
    )
    make.save(Mandate(organisation_id=partner.id, account_id=bob.id, began_at=now))
    assert not project_carriers.writes(session, project, bob)
    project_carriers.leave(session, project, partner, **leave)
    project_carriers.leave(session, project, partner, **leave)
    assert names(session, project) == [(lead.name, True, False)]
    refused(
        "carrier-leads",
        409,
        lambda: project_carriers.leave(session, project, lead, by=ada, now=now),
    )
    assert session.scalar(select(Organisation.id).where(Organisation.id == partner.id))
