"""Projects: numbered once, one lead a call, nothing after the close but what was missing."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.domain.projects import Facts, Line
from consult.models import (
    JournalEntry,
    Mandate,
    OpenCall,
    Principle,
    Project,
    ProjectCarrier,
    SplitDecision,
)
from consult.services import projects
from tests import open_calls

FORM = "form-number-one"


@pytest.fixture
def call(make):
    return open_calls.call(make)


@pytest.fixture
def ada(make):
    return make.account(name="Ada")


@pytest.fixture
def fabrique(make, ada):
    found = make.organisation(name="La Fabrique", name_key="la fabrique")
    make.save(Mandate(organisation_id=found.id, account_id=ada.id, began_at=make.now))
    return found


@pytest.fixture
def facts(fabrique):
    return Facts(
        title="Repair café",
        for_whom="Tous",
        what="Réparer",
        asked_cents=400_000,
        contact_email="ada@exemple.fr",
        lead=fabrique.id,
    )


def refused(code, status, act):
    with pytest.raises(RuleBroken) as broken:
        act()
    assert (broken.value.code, broken.value.status) == (code, status)


def change(facts, version=1, **values):
    return projects.Change(Facts(**{**vars(facts), **values}), str(version))


def began(session, call, facts, by, now, form=FORM):
    return projects.draft(session, call, facts, form=form, by=by, now=now)


def acts(session):
    return list(session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)))


def test_drafted_sent_once_with_its_number_and_taken_up_again(session, make, call, facts, ada, now):
    open_calls.project(make, open_calls.call(make), number=9)
    project = began(session, call, facts, ada, now)
    assert began(session, call, facts, ada, now).id == project.id
    assert projects.lacks(session, call, project) == []
    by = {"by": ada, "now": now}
    assert projects.send(session, call, project, **by)
    assert not projects.send(session, call, project, **by)
    session.commit()
    assert (project.number, project.state, call.projects) == (1, "submitted", 1)
    projects.correct(session, call, project, change(facts, title="Café"), **by)
    projects.correct(session, call, project, change(facts, title="Café"), **by)  # twice
    assert (project.title, project.version) == ("Café", 2)
    refused("stale", 409, lambda: projects.correct(session, call, project, change(facts), **by))
    projects.withdraw(session, call, project, "", **by)
    projects.withdraw(session, call, project, "", **by)
    assert (project.state, call.projects) == ("withdrawn", 0)
    refused("project-withdrawn", 409, lambda: projects.send(session, call, project, **by))
    refused(
        "project-withdrawn",
        409,
        lambda: projects.correct(session, call, project, change(facts, 2), **by),
    )
    projects.reopen(session, call, project, **by)
    projects.reopen(session, call, project, **by)
    assert projects.send(session, call, project, **by) and project.number == 1
    session.commit()
    done = ["drafted", "sent", "corrected", "withdrawn", "reopened", "sent"]
    assert [act for act in acts(session) if act.startswith("project.")] == [
        f"project.{one}" for one in done
    ]


def test_what_is_missing_or_wrong_is_refused(session, make, call, facts, ada, now):
    by = {"by": ada, "now": now}
    refused("form-unknown", 422, lambda: began(session, call, facts, ada, now, form="é" * 9))
    untitled = Facts(title="")
    refused("project-title-missing", 422, lambda: began(session, call, untitled, ada, now))
    nowhere = Facts(title="a", territory_code="X-99", lead=facts.lead)
    refused("territory-unknown", 422, lambda: began(session, call, nowhere, ada, now))
    session.rollback()
    early = call.opens_at - timedelta(days=1)
    refused("call-coming", 409, lambda: began(session, call, facts, ada, early))
    whole = change(facts, what="", lines=(Line("cost", "Salle", 500),)).facts
    project = began(session, call, whole, ada, now)
    assert [one.code for one in projects.lacks(session, call, project)] == [
        "what-missing",
        "cost-missing",
    ]
    refused("what-missing", 422, lambda: projects.send(session, call, project, **by))
    projects.correct(session, call, project, change(facts, what="Coudre"), **by)
    assert (project.what, project.state) == ("Coudre", "draft")
    projects.correct(session, call, project, change(facts, 2, what=""), **by)
    untitled = change(facts, 3, title="")
    refused(
        "project-title-missing",
        422,
        lambda: projects.correct(session, call, project, untitled, **by),
    )
    other = {"by": make.account(), "now": now}
    for act in (
        lambda: projects.correct(session, call, project, change(facts), **other),
        lambda: projects.send(session, call, project, **other),
        lambda: projects.withdraw(session, call, project, "", **other),
    ):
        refused("project-carriers-only", 403, act)
    session.execute(Mandate.__table__.update().values(ended_at=now))
    session.commit()
    refused("mandate-needed", 403, lambda: projects.send(session, call, project, **by))
    projects.withdraw(session, call, project, "", **by)
    refused("project-carriers-only", 403, lambda: projects.reopen(session, call, project, **by))


def test_after_the_close_only_what_was_missing(session, make, call, facts, ada, now):
    by = {"by": ada, "now": now}
    project = began(session, call, facts, ada, now)
    projects.send(session, call, project, **by)
    session.commit()
    late = {"by": ada, "now": call.closes_at + timedelta(minutes=1)}
    more = change(facts, asked_cents=999_999)
    refused("call-closed", 409, lambda: projects.correct(session, call, project, more, **late))
    refused("call-open", 409, lambda: projects.complete(session, call, project, more, **by))
    refused("project-waits", 409, lambda: projects.complete(session, call, project, more, **late))
    principle = session.scalars(
        select(Principle).where(Principle.call_id == call.id).order_by(Principle.position)
    ).first()
    open_calls.assess(make, project, principle, "to_complete")
    refused(
        "stale",
        409,
        lambda: projects.complete(session, call, project, change(facts, 0), **late),
    )
    projects.complete(session, call, project, change(more.facts, place="La mairie"), **late)
    assert (project.place, project.asked_cents, project.version) == ("La mairie", 400_000, 2)
    refused(
        "withdrawal-reason-missing",
        422,
        lambda: projects.withdraw(session, call, project, " ", **late),
    )
    projects.withdraw(session, call, project, "Plus le temps", **late)
    refused("call-closed", 409, lambda: projects.reopen(session, call, project, **late))
    assert project.withdrawn_reason == "Plus le temps"


def test_a_project_that_respects_every_principle_is_left_as_it_is(
    session, make, call, facts, ada, now
):
    project = began(session, call, facts, ada, now)
    projects.send(session, call, project, by=ada, now=now)
    session.commit()
    for principle in session.scalars(select(Principle).where(Principle.call_id == call.id)).all():
        open_calls.assess(make, project, principle)
    late = {"by": ada, "now": call.closes_at + timedelta(minutes=1)}
    more = change(facts, place="La mairie")
    refused("project-whole", 409, lambda: projects.complete(session, call, project, more, **late))


def test_after_a_split_what_was_missing_is_said_for_the_next_one(
    session, make, call, facts, ada, now
):
    project = began(session, call, facts, ada, now)
    projects.send(session, call, project, by=ada, now=now)
    session.commit()
    principle = session.scalars(select(Principle).where(Principle.call_id == call.id)).first()
    said = open_calls.assess(make, project, principle, "to_complete")
    values = dict.fromkeys(("envelope_cents", "asked_cents", "awarded_cents", "left_cents"), 0)
    rule = {"rule": "equal_awards", "rule_version": "1", "record": {}, "digest": "d"}
    decided = {"call_id": call.id, "number": 1, "projects": 1, "published_at": now}
    make.save(SplitDecision(**values, **rule, **decided))
    late = {"by": ada, "now": call.closes_at + timedelta(minutes=1)}
    project.contact_email = ""  # whoever wrote it was forgotten
    session.commit()
    empty = change(facts, what="")
    refused("what-missing", 422, lambda: projects.complete(session, call, project, empty, **late))
    session.rollback()
    whole = change(facts, what="Coudre")
    projects.complete(session, call, project, whole, **late)
    session.commit()
    assert (project.what, project.version, said.version) == ("Coudre", 2, 1)
    again = change(facts, 2)  # it waits to be read
    refused("project-waits", 409, lambda: projects.complete(session, call, project, again, **late))


def test_two_who_send_at_once_get_two_numbers(session, make, call, facts, ada, now):
    lead = make.organisation()
    make.save(Mandate(organisation_id=lead.id, account_id=ada.id, began_at=now))
    first = began(session, call, facts, ada, now)
    second = began(session, call, change(facts, lead=lead.id).facts, ada, now, form="another-form")
    for one in (first, second):
        projects.send(session, call, one, by=ada, now=now)
    session.commit()
    assert sorted(session.scalars(select(Project.number).where(Project.call_id == call.id))) == [
        1,
        2,
    ]
    assert session.get(OpenCall, call.id).projects == 2
    once = select(ProjectCarrier.once_call_id).order_by(ProjectCarrier.project_id)
    assert set(session.scalars(once)) == {call.id}
