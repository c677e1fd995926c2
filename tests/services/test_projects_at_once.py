"""Of those who do the same thing at the same moment, one does it and the others are told."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.domain.assessments import Verdict
from consult.domain.errors import RuleBroken
from consult.domain.projects import Facts
from consult.models import (
    Account,
    Assessment,
    JournalEntry,
    Mandate,
    OpenCall,
    Principle,
    Project,
)
from consult.services import assessments, projects
from tests import open_calls


@pytest.fixture
def call(make):
    return open_calls.call(make)


@pytest.fixture
def ada(make):
    return make.account(name="Ada")


def at_once(session, act):
    """Run an act three times at once, each in a session of its own; what each is told."""
    session.commit()
    engine = session.get_bind()

    def run(number):
        with Session(engine) as own:
            try:
                told = act(own, number)
                own.commit()
            except RuleBroken as broken:
                return broken.code
            return told

    with ThreadPoolExecutor(3) as pool:
        return sorted(map(str, pool.map(run, range(3))))


def mandated(make, ada):
    lead = make.organisation()
    make.save(Mandate(organisation_id=lead.id, account_id=ada.id, began_at=make.now))
    return lead


def test_one_form_begins_one_project_and_is_sent_once(session, make, call, ada, now):
    facts = Facts(
        title="a",
        for_whom="b",
        what="c",
        asked_cents=1,
        contact_email="a@x.fr",
        lead=mandated(make, ada).id,
    )

    def draft(own, _number):
        by, where = own.get_one(Account, ada.id), own.get_one(OpenCall, call.id)
        return projects.draft(own, where, facts, form="form-once", by=by, now=now).id

    assert len(set(at_once(session, draft))) == 1
    project = session.scalars(select(Project)).one()

    def send(own, _number):
        by, where = own.get_one(Account, ada.id), own.get_one(OpenCall, call.id)
        return projects.send(own, where, own.get_one(Project, project.id), by=by, now=now)

    assert at_once(session, send) == ["False", "False", "True"]
    sent = select(func.count()).where(JournalEntry.act == "project.sent")
    assert session.scalar(sent) == 1


def test_one_lead_sends_one_of_three_at_once(session, make, call, ada, now):
    lead = mandated(make, ada)
    made = [
        open_calls.project(make, call, lead=lead, state="draft", number=None, account=ada).id
        for _ in range(3)
    ]

    def send(own, number):
        by, where = own.get_one(Account, ada.id), own.get_one(OpenCall, call.id)
        return projects.send(own, where, own.get_one(Project, made[number]), by=by, now=now)

    assert at_once(session, send) == ["True", "carrier-once", "carrier-once"]


def test_of_officers_who_read_at_once_none_writes_over_another(session, make, call, now):
    project = open_calls.project(make, call)
    officers = [make.account().id for _ in range(3)]
    principle = session.scalars(select(Principle).where(Principle.call_id == call.id)).first()

    def read(own, number):
        by, where = own.get_one(Account, officers[number]), own.get_one(OpenCall, call.id)
        verdict = Verdict(principle.id, "to_complete", f"Raison {number}", "Ceci")
        said = assessments.Said(1, "", (verdict,))
        about = own.get_one(Project, project.id)
        return len(assessments.read(own, where, about, said, by=by, now=now))

    assert at_once(session, read) == ["1", "reading-changed", "reading-changed"]
    assert session.scalar(select(func.count()).select_from(Assessment)) == 1
