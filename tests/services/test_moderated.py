"""Projects decided about like texts: reasons, bulk, undo, lock, second reading, read again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.domain.reports import Notice
from consult.models import JournalEntry, Mandate, PassedOn, Reading, SecondReading
from consult.queries.moderation import Moderator
from consult.services import (
    moderated,
    moderation,
    moderation_readings,
    project_texts,
    projects,
    reports,
    second_readings,
)
from consult.services.second_readings import Verdict
from tests import open_calls, rooms

HOUR = timedelta(hours=1)


@pytest.fixture
def world(session, make, now):
    """A project of the local room's place, its carrier, and a text of the same place."""
    found = rooms.tree(session, make, now)
    found.lead, found.ada = make.organisation(), make.account()
    make.save(Mandate(organisation_id=found.lead.id, account_id=found.ada.id, began_at=now))
    found.call = open_calls.call(make, projects=1)
    here = {"territory_code": "D-54"}
    found.project = open_calls.project(make, found.call, lead=found.lead, **here)
    found.answer = make.answer(make.question(), **here)
    found.first = Moderator(found.by_local.id, facilitates=True)
    found.above = Moderator(found.by_hub.id, facilitates=True)
    return found


def seen(*items):
    return [moderation.Seen(one.id, one.version, moderated.of(one).state_of(one)) for one in items]


def decide(session, by, now, *items, choice="hide", reason="advertising"):
    chosen = moderation.Choice(choice, reason, "Une publicité.")
    made = moderation.decide(session, seen(*items), choice=chosen, by=by, now=now)
    session.commit()
    return made


def refused(code, status, call, *args, **facts):
    with pytest.raises(RuleBroken) as broken:
        call(*args, **facts)
    assert (broken.value.code, broken.value.status) == (code, status)


def correct(session, world, now, **facts):
    said = project_texts.facts_of(session, world.project)
    change = projects.Change(replace(said, **facts), str(world.project.version))
    projects.correct(session, world.call, world.project, change, by=world.ada, now=now)
    session.commit()


def acts(session, project):
    query = select(JournalEntry.act).where(JournalEntry.subject == f"project:{project.id}")
    return list(session.scalars(query.order_by(JournalEntry.id)))


def test_texts_and_projects_are_decided_together_and_undone(session, make, world, now):
    who = make.participant().id
    said = Notice("attack")
    alert, _ = reports.send_of_project(session, world.project, said, participant_id=who, now=now)
    session.commit()
    made = decide(session, world.first, now, world.project, world.answer)
    project, call = world.project, world.call
    assert (project.moderation, project.moderation_reason) == ("hidden", "advertising")
    assert (world.answer.state, call.projects) == ("hidden", 0)
    assert len({one.batch_id for one in made}) == 1
    assert {one.room_id for one in made} == {world.local.id}
    refused("report-closed", 409, reports.send_of_project, session, project, said,
            participant_id=who, now=now)  # fmt: skip
    session.refresh(alert)
    assert (alert.outcome, alert.decision_id) == ("hidden", made[0].id)
    moderation.undo(session, made[0].batch_id, by=world.first, now=now + HOUR / 10)
    session.commit()
    session.refresh(alert)
    assert (project.moderation, project.moderation_reason) == ("published", "")
    assert (world.answer.state, call.projects, alert.outcome) == ("published", 1, None)
    told = ["report.received", "project.hidden", "report.answered", "project.decision-undone"]
    assert acts(session, project) == told


def test_all_or_nothing(session, make, world, now):
    far = open_calls.project(make, open_calls.call(make, territory_code="C-988"))
    refused("text-elsewhere", 404, decide, session, world.first, now, world.answer, far)
    session.rollback()
    stale = moderation.Seen(world.project.id, 9, "published")
    choice = moderation.Choice("hide", "attack")
    both = [*seen(world.answer), stale]
    refused("decision-done", 409, moderation.decide, session, both, choice=choice,
            by=world.first, now=now)  # fmt: skip
    session.rollback()
    refused("report-answered", 409, decide, session, world.first, now, world.project,
            choice="keep", reason="opinion")  # fmt: skip
    session.rollback()
    assert (world.answer.state, world.project.moderation) == ("published", "published")
    own = Moderator(world.ada.id, sees_all=True)
    refused("text-elsewhere", 404, decide, session, own, now, world.project)
    moderation.refuse(session, [far.id], by=world.first, now=now)
    assert acts(session, far) == ["project.decision-refused"]


def test_a_hidden_project_that_is_corrected_is_read_again(session, world, now):
    decide(session, world.first, now, world.project)
    second_readings.ask(session, world.project, words="", actor="account:x", now=now)
    correct(session, world, now, what="Des ateliers ouverts à tous.")
    assert world.project.moderation == "pending"
    assert session.scalars(select(SecondReading.outcome)).one() == "ended"
    assert moderation_readings.take(session, world.project.id, by=world.first, now=now)
    assert not moderation_readings.take(session, world.project.id, by=world.above, now=now)
    assert session.scalars(select(Reading.project_id)).all() == [world.project.id]
    for _ in range(2):
        moderation.pass_on(session, seen(world.project), by=world.first, now=now)
    assert session.scalars(select(PassedOn.project_id)).all() == [world.project.id]
    decide(session, world.above, now, world.project, choice="correct", reason="private")
    assert world.project.moderation == "to_correct" and world.call.projects == 0
    assert session.scalars(select(PassedOn.project_id)).all() == []
    correct(session, world, now, what="Des ateliers.")
    decide(session, world.above, now, world.project, choice="publish", reason="")
    assert world.project.moderation == "published" and world.call.projects == 1
    correct(session, world, now, what="Des ateliers encore.")
    assert world.project.moderation == "published"


def test_its_words_are_corrected_after_the_close_too(session, make, world, now):
    world.call.closes_at = now - HOUR
    session.commit()
    facts = replace(project_texts.facts_of(session, world.project), what="Des ateliers, gratuits.")

    def complete():
        change = projects.Change(facts, str(world.project.version))
        projects.complete(session, world.call, world.project, change, by=world.ada, now=now)
        session.commit()

    refused("project-waits", 409, complete)
    session.rollback()
    decide(session, world.first, now, world.project)
    complete()
    assert (world.project.moderation, world.project.what) == ("pending", "Des ateliers, gratuits.")


def test_the_room_above_reads_a_second_time(session, make, world, now):
    who = make.participant().id
    said = Notice("attack")
    alert, _ = reports.send_of_project(session, world.project, said, participant_id=who, now=now)
    decide(session, world.first, now, world.project)

    def ask():
        asked = second_readings.ask(
            session, world.project, words="Rien n’est à vendre.", actor="account:x", now=now
        )
        session.commit()
        return asked

    def settle(by, outcome="overturned", reason="Rien n’est vendu."):
        verdict = Verdict(outcome, reason)
        done = second_readings.decide(session, asked.decision_id, verdict, by=by, now=now)
        session.commit()
        return done

    asked = ask()
    assert (asked.room_id, asked.item_id) == (world.hub.id, world.project.id)
    refused("second-reading-asked", 409, ask)
    session.rollback()
    refused("second-reading-own", 403, settle, world.first)
    refused(
        "second-reading-unknown", 404, settle, Moderator(world.by_other_hub.id, facilitates=True)
    )
    refused("second-reading-elsewhere", 403, settle, Moderator(world.ada.id, sees_all=True))
    refused("verdict-reason-missing", 422, settle, world.above, reason=" ")
    item, done = settle(world.above)
    assert item is world.project and done.role == "facilitator"
    assert (item.moderation, world.call.projects, alert.outcome) == ("published", 1, "kept")
    refused("second-reading-done", 409, settle, world.above)
    session.rollback()
    refused("second-reading-nothing", 409, ask)
    session.rollback()
    assert acts(session, item)[-2:] == ["second-reading.asked", "second-reading.overturned"]


def test_without_a_room_those_who_run_the_call_read_a_second_time(session, make, now):
    olga, bob = make.account(), make.account()
    call = open_calls.call(make, officer=olga, territory_code=None)
    open_calls.runs(make, call, bob)
    project = open_calls.project(make, call)
    first, second = (Moderator(one.id, runs_calls=True) for one in (olga, bob))
    (made,) = decide(session, first, now, project)
    assert (made.role, made.room_id) == ("call_officer", None)
    asked = second_readings.ask(session, project, words="", actor="account:x", now=now)
    verdict = Verdict("confirmed", "C’est une publicité.")
    refused("second-reading-own", 403, second_readings.decide, session, asked.decision_id,
            verdict, by=first, now=now)  # fmt: skip
    second_readings.decide(session, asked.decision_id, verdict, by=second, now=now)
    session.commit()
    assert (project.moderation, asked.outcome) == ("hidden", "confirmed")


def test_a_withdrawn_project_has_nothing_to_contest(session, world, now):
    decide(session, world.first, now, world.project)
    asked = second_readings.ask(session, world.project, words="", actor="account:x", now=now)
    projects.withdraw(session, world.call, world.project, "", by=world.ada, now=now)
    session.refresh(asked)
    assert asked.outcome == "ended"
    refused("second-reading-nothing", 409, second_readings.ask, session, world.project,
            words="", actor="account:x", now=now)  # fmt: skip
