"""Projects of open calls in the one queue: whose, in which order, narrowed how."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.domain.reports import Notice
from consult.models import Decision, Mandate, Project, Report
from consult.queries import moderated, moderation
from consult.queries.moderated import projects
from consult.queries.moderation import Filters, Moderator
from consult.services import reports
from tests import open_calls, rooms

HOUR = timedelta(hours=1)


@pytest.fixture
def everyone(make):
    return Moderator(make.account("administrator").id, sees_all=True)


def ids(session, by, now, state="pending", cursor=None, **filters):
    query = moderation.queue(by, state, Filters(**filters), now, cursor)
    return [row.id for row in session.execute(query).all()]


def report(session, make, project, now):
    who = make.participant().id
    reports.send_of_project(session, project, Notice("attack"), participant_id=who, now=now)
    session.commit()


def test_texts_and_projects_stand_in_one_list_the_oldest_due_first(session, make, everyone, now):
    call = open_calls.call(make, slug="appel")
    question = make.question(make.theme(make.consultation(slug="bus")))
    first = make.answer(question, state="pending", updated_at=now - 3 * HOUR)
    second = open_calls.project(make, call, moderation="pending", updated_at=now - 2 * HOUR)
    third = make.answer(question, state="pending", updated_at=now - HOUR)
    open_calls.project(make, call, moderation="pending", state="withdrawn")
    assert ids(session, everyone, now) == [first.id, second.id, third.id]
    assert ids(session, everyone, now, kind="project") == [second.id]
    assert ids(session, everyone, now, call="appel") == [second.id]
    assert ids(session, everyone, now, call="autre") == []
    assert ids(session, everyone, now, consultation="bus") == [first.id, third.id]
    (row,) = session.execute(
        moderation.queue(everyone, "pending", Filters(kind="project"), now)
    ).all()
    assert (row.kind, row.body, row.for_whom) == ("project", "Des ateliers.", "Les habitants")
    assert (row.place_path, row.room_name) == ("/open-calls/appel", None)
    cursor = moderation.paging.cursor((row.due_at, row.id))
    assert ids(session, everyone, now, cursor=cursor) == [third.id]
    words = session.execute(moderation.oldest(everyone, Filters())).all()
    assert [one.id for one in words] == [first.id, second.id, third.id]
    around = session.execute(moderation.choices(everyone, Filters(), now)).all()
    places = {(one.what, one.key, one.number) for one in around if one.what != "state"}
    assert {("consultation", "bus", 2), ("call", "appel", 1)} <= places


def test_reported_projects_wait_since_the_first_report(session, make, everyone, now):
    call = open_calls.call(make)
    late, early, hidden = (open_calls.project(make, call) for _ in range(3))
    answer = make.answer(make.question())
    report(session, make, early, now - 2 * HOUR)
    report(session, make, late, now)
    report(session, make, hidden, now)
    hidden.moderation = "hidden"
    who = make.participant().id
    reports.send(session, answer, Notice("attack"), participant_id=who, now=now - HOUR)
    session.commit()
    assert ids(session, everyone, now, "reported") == [early.id, answer.id, late.id]
    assert ids(session, everyone, now, "hidden") == [hidden.id]
    assert late.id in ids(session, everyone, now, "published", ids=(late.id, hidden.id))


def test_a_project_is_for_its_call_and_the_room_of_its_place_without_a_part(session, make, now):
    world = rooms.tree(session, make, now)
    olga, ada = make.account(), make.account()
    call = open_calls.call(make, officer=olga)
    lead = make.organisation()
    near = open_calls.project(make, call, territory_code="D-54", lead=lead)
    wide = open_calls.project(make, call)
    elsewhere = open_calls.project(make, open_calls.call(make, territory_code="C-988"))

    def held(account, **facts):
        by = Moderator(account.id, **facts)
        return set(session.scalars(select(Project.id).where(projects.in_reach(by))))

    facilitates = {"facilitates": True}
    assert held(world.by_local, **facilitates) == {near.id}
    assert held(world.by_hub, **facilitates) == {near.id, wide.id}
    assert held(world.by_other_hub, **facilitates) == {elsewhere.id}
    assert held(world.by_hub) == held(olga) == set()
    assert held(olga, runs_calls=True) == {near.id, wide.id}
    assert held(ada, sees_all=True) == {near.id, wide.id, elsewhere.id}
    make.save(Mandate(organisation_id=lead.id, account_id=ada.id, began_at=now))
    assert held(ada, sees_all=True) == {elsewhere.id}
    roles = {
        name: session.scalars(select(projects.role_here(by)).where(Project.id == near.id)).one()
        for name, by in (
            ("all", Moderator(ada.id, sees_all=True)),
            ("call", Moderator(olga.id, runs_calls=True)),
            ("room", Moderator(world.by_hub.id, facilitates=True)),
        )
    }
    assert roles == {"all": "administrator", "call": "call_officer", "room": "facilitator"}


def test_the_family_of_a_row_or_of_a_text_is_found(make):
    project = open_calls.project(make, open_calls.call(make))
    texts = moderated.families()["statements"]
    assert moderated.of(Decision(project_id=project.id)) is projects
    assert moderated.of(Report(statement_id="x")) is texts
    assert moderated.of_item(project) is projects
    assert moderated.of_item(make.answer(make.question())) is texts
