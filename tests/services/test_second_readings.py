"""Second readings: once a decision, by someone else, in the room above."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.domain.errors import RuleBroken
from consult.models import JournalEntry, SecondReading, Statement
from consult.queries.moderation import Moderator
from consult.services import corrections, moderation, second_readings
from consult.services.second_readings import Verdict
from tests import rooms

HOUR = timedelta(hours=1)


@pytest.fixture
def world(session, make, now):
    """Rooms, and a text of the local one's place that its facilitator hid."""
    found = rooms.tree(session, make, now)
    found.owner = make.account("organiser")
    theme = make.theme(make.consultation(owner_id=found.owner.id))
    found.answer = make.answer(make.question(theme), territory_code="D-54")
    found.first = by(found.by_local)
    found.decision = decide(session, found.answer, found.first, now)
    return found


def by(account, **facts):
    return Moderator(account.id, **({"facilitates": True} | facts))


def decide(session, statement, who, now, decision="hide", reason="attack"):
    seen = moderation.Seen(statement.id, statement.version, statement.state)
    choice = moderation.Choice(decision, reason)
    made = moderation.decide(session, [seen], choice=choice, by=who, now=now)
    session.commit()
    return made[0]


def ask(session, statement, now, words="Je parle d’une idée."):
    reading = second_readings.ask(session, statement, words=words, actor="participant:x", now=now)
    session.commit()
    return reading


def settle(session, reading, who, now, outcome="overturned", reason="C’est une opinion."):
    done = second_readings.decide(
        session, reading.decision_id, Verdict(outcome, reason), by=who, now=now
    )
    session.commit()
    return done


def refused(code, status, call, *args, **facts):
    with pytest.raises(RuleBroken) as broken:
        call(*args, **facts)
    assert (broken.value.code, broken.value.status) == (code, status)


def acts(session):
    return list(session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)))


def test_the_room_above_overturns_and_the_text_is_public_again(session, world, now):
    reading = ask(session, world.answer, now)
    assert reading.room_id == world.hub.id
    assert (reading.asked_at, reading.due_at) == (now, now + timedelta(days=7))
    statement, done = settle(session, reading, by(world.by_hub), now + HOUR)
    assert (statement.state, statement.state_reason) == ("published", "")
    assert (done.outcome, done.decided_at, done.role) == ("overturned", now + HOUR, "facilitator")
    assert done.account_id == world.by_hub.id
    assert acts(session)[-2:] == ["second-reading.asked", "second-reading.overturned"]


def test_confirmed_the_text_stays_hidden(session, world, now):
    reading = ask(session, world.answer, now, words="")
    statement, done = settle(session, reading, by(world.by_national), now, "confirmed", "Oui.")
    assert (statement.state, done.reason) == ("hidden", "Oui.")
    refused("second-reading-done", 409, settle, session, reading, by(world.by_hub), now)


def test_once_a_decision(session, world, now):
    ask(session, world.answer, now)
    refused("second-reading-asked", 409, ask, session, world.answer, now)
    key = world.answer.id

    def one(_number):
        with Session(session.get_bind()) as own:
            try:
                ask(own, own.get_one(Statement, key), now)
            except RuleBroken as broken:
                return broken.code
            return "asked"

    session.rollback()
    decide(session, world.answer, by(world.by_hub), now, "publish", "")
    decide(session, world.answer, by(world.by_hub), now + HOUR)
    with ThreadPoolExecutor(4) as pool:
        done = sorted(pool.map(one, range(4)))
    assert done == ["asked"] + ["second-reading-asked"] * 3
    session.rollback()
    outcomes = select(SecondReading.outcome).order_by(SecondReading.decision_id)
    assert session.scalars(outcomes).all() == ["ended", None]


def test_whoever_decided_first_may_not_and_who_sees_nothing_finds_nothing(session, world, now):
    reading = ask(session, world.answer, now)
    refused("second-reading-own", 403, settle, session, reading, world.first, now)
    own = by(world.by_local, sees_all=True)
    refused("second-reading-own", 403, settle, session, reading, own, now)
    refused("second-reading-unknown", 404, settle, session, reading, by(world.by_other_hub), now)
    organiser = by(world.owner, organises=True, facilitates=False)
    refused("second-reading-elsewhere", 403, settle, session, reading, organiser, now)
    nobody = by(world.by_hub, facilitates=False)
    refused("second-reading-unknown", 404, settle, session, reading, nobody, now)
    nothing = SimpleNamespace(decision_id="x" * 18)
    refused("second-reading-unknown", 404, settle, session, nothing, by(world.by_hub), now)


def test_without_a_room_above_the_other_organisers_decide(session, make, world, now):
    other = make.account("administrator")
    consultation = make.consultation(owner_id=world.owner.id, territory_code=None)
    answer = make.answer(make.question(make.theme(consultation)))
    decide(session, answer, by(other, sees_all=True), now)
    reading = ask(session, answer, now)
    assert reading.room_id is None
    refused("second-reading-unknown", 404, settle, session, reading, by(world.by_hub), now)
    organiser = by(world.owner, organises=True)
    statement, done = settle(session, reading, organiser, now)
    assert (statement.state, done.role) == ("published", "organiser")


def test_of_two_who_decide_at_once_one_wins(session, world, now):
    reading = ask(session, world.answer, now)
    who = [by(world.by_hub), by(world.by_national)]

    def one(pair):
        with Session(session.get_bind()) as own:
            try:
                settle(own, reading, pair[0], now, pair[1])
            except RuleBroken as broken:
                return broken.code
            return "done"

    pairs = [(who[0], "overturned"), (who[1], "confirmed"), (who[0], "confirmed")]
    session.rollback()
    with ThreadPoolExecutor(3) as pool:
        done = sorted(pool.map(one, pairs))
    assert done == ["done", "second-reading-done", "second-reading-done"]


@pytest.mark.parametrize("outcome", ["", "ended", "overturned"])
def test_a_verdict_needs_its_words(session, world, now, outcome):
    reading = ask(session, world.answer, now)
    code = "verdict-reason-missing" if outcome == "overturned" else "verdict-missing"
    refused(code, 422, settle, session, reading, by(world.by_hub), now, outcome, "")


def test_what_is_not_decided_is_not_contested(session, make, world, now):
    public = make.answer(make.question())
    refused("second-reading-nothing", 409, ask, session, public, now)
    old = make.answer(make.question(), state="hidden")
    refused("second-reading-nothing", 409, ask, session, old, now)
    late = now + timedelta(days=200)
    refused("second-reading-late", 409, ask, session, world.answer, late)
    moderation.undo(session, world.decision.batch_id, by=world.first, now=now)
    session.commit()
    refused("second-reading-nothing", 409, ask, session, world.answer, now)


@pytest.mark.parametrize("how", ["correct", "decide", "undo"])
def test_a_text_that_changes_ends_its_second_reading(session, world, now, how):
    reading = ask(session, world.answer, now)
    if how == "correct":
        text = corrections.Text("Un autre texte.")
        corrections.correct(session, world.answer, text, version=1, actor="participant:x", now=now)
        assert world.answer.state == "pending"
    elif how == "decide":
        decide(session, world.answer, by(world.by_hub), now, "publish", "")
    else:
        moderation.undo(session, world.decision.batch_id, by=world.first, now=now)
    session.commit()
    session.refresh(reading)
    assert (reading.outcome, reading.decided_at) == ("ended", now)
    refused("second-reading-done", 409, settle, session, reading, by(world.by_hub), now)


def test_a_text_that_changed_otherwise_is_not_published(session, world, now):
    reading = ask(session, world.answer, now)
    world.answer.state = "withdrawn"
    session.commit()
    administrator = by(world.by_hub, sees_all=True)
    refused("second-reading-done", 409, settle, session, reading, administrator, now)
