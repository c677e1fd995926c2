"""Publishing, hiding and sending back, alone or together; undoing it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult.domain.errors import RuleBroken
from consult.models import (
    Consultation,
    Decision,
    PassedOn,
    Question,
    Reading,
    Statement,
)
from consult.queries.moderation import Moderator
from consult.services import moderation
from tests import rooms
from tests.deciding import acts, decide, entries, everything, refused, seen
from tests.meanwhile import just_before

MINUTE = timedelta(minutes=1)


@pytest.fixture
def owner(make):
    return make.account("organiser")


@pytest.fixture
def question(make, owner):
    return make.question(make.theme(make.consultation(owner_id=owner.id)))


@pytest.fixture
def by(owner):
    return Moderator(owner.id, organises=True)


def test_a_published_text_counts_and_a_hidden_one_no_longer(session, make, question, by, now):
    answer = make.answer(question, state="pending", published_at=None)
    decide(session, by, now, seen(answer), "publish")
    counted = select(Question.answers).where(Question.id == question.id)
    assert (answer.state, answer.published_at, session.scalar(counted)) == ("published", now, 1)
    decide(session, by, now + MINUTE, seen(answer), "hide", "attack")
    assert (answer.state, answer.state_reason, session.scalar(counted)) == ("hidden", "attack", 0)
    assert session.scalar(select(Consultation.answers)) == 0
    decide(session, by, now + 2 * MINUTE, seen(answer), "publish")
    assert (session.scalar(counted), answer.published_at) == (1, now)
    assert acts(session) == ["statement.published", "statement.hidden", "statement.published"]


def test_each_decision_is_kept_with_its_role_reason_and_note(session, make, question, by, now):
    answer = make.answer(question, state="pending", published_at=None)
    (made,) = decide(session, by, now, seen(answer), "correct", "private", "  Le nom.  ")
    row = session.get_one(Decision, made.id)
    said = (row.from_state, row.to_state, row.reason, row.note)
    assert said == ("pending", "to_correct", "private", "Le nom.")
    who = (row.role, row.account_id, row.room_id, row.version)
    assert who == ("organiser", by.account_id, None, 1)
    (entry,) = entries(session)
    assert entry.facts == {"batch": row.batch_id, "role": "organiser", "reason": "private"}
    assert "nom" not in str(entry.facts)


def test_several_are_decided_together_with_one_reason(session, make, question, by, now):
    texts = [make.answer(question, state="pending", published_at=None) for _ in range(3)]
    made = decide(session, by, now, seen(*texts), "hide", "advertising")
    assert {one.batch_id for one in made} == {made[0].batch_id}
    assert [text.state for text in texts] == ["hidden"] * 3


@pytest.mark.parametrize("trouble", ["elsewhere", "missing", "decided", "corrected", "withdrawn"])
def test_one_text_out_of_reach_or_changed_keeps_all_of_them(
    session, make, question, by, now, trouble
):
    texts = [make.answer(question, state="pending", published_at=None) for _ in range(3)]
    asked = seen(*texts)
    odd, code, status = texts[1].id, "decision-done", 409
    if trouble == "elsewhere":
        other = make.answer(make.question(), state="pending", published_at=None)
        asked[1] = seen(other)[0]
        odd, code, status = other.id, "text-elsewhere", 404
    elif trouble == "missing":
        asked[1] = moderation.Seen("nothing", 1, "pending")
        odd, code, status = "nothing", "text-elsewhere", 404
    elif trouble == "corrected":
        texts[1].version = 2
    else:
        texts[1].state = {"decided": "published"}.get(trouble, "withdrawn")
        if trouble == "withdrawn":
            code, status = "text-elsewhere", 404
    session.commit()
    before = everything(session)
    broken = refused(lambda: decide(session, by, now, asked, "publish"), code, status)
    assert broken.facts["texts"] == [odd]
    assert everything(session) == before
    assert session.scalars(select(Decision)).all() == []


@pytest.mark.parametrize(
    ("number", "twice", "decision", "reason", "code"),
    [
        (0, False, "publish", "", "texts-missing"),
        (101, False, "publish", "", "texts-too-many"),
        (1, True, "publish", "", "texts-twice"),
        (1, False, "hide", "", "reason-missing"),
        (2, False, "hide", "off_topic", "reason-not-for-hiding"),
        (1, False, "eat", "", "moderation-unknown"),
    ],
)
def test_what_cannot_be_decided_is_refused(
    session, make, question, by, now, number, twice, decision, reason, code
):
    texts = [make.answer(question, state="pending") for _ in range(min(number, 2))]
    asked = seen(*texts) + [moderation.Seen(f"x{n}", 1, "pending") for n in range(2, number)]
    if twice:
        asked.append(moderation.Seen(texts[0].id, 7, "pending"))
    before = everything(session)
    refused(lambda: decide(session, by, now, asked, decision, reason), code, 422)
    assert everything(session) == before


def test_a_note_has_a_length(session, make, question, by, now):
    answer = make.answer(question, state="pending")
    asked = seen(answer)
    for note, code in (("x" * 1_001, "text-too-long"), ("a\x00", "text-unreadable")):
        refused(lambda n=note: decide(session, by, now, asked, "hide", "attack", n), code, 422)


def test_of_two_who_decide_at_once_one_wins(session, make, question, by, now):
    answer = make.answer(question, state="pending")
    asked = seen(answer)

    def one(decision):
        with Session(session.get_bind()) as own:
            try:
                decide(own, by, now, asked, decision, "attack")
            except RuleBroken as broken:
                return broken.code
            return "done"

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(one, ["publish", "hide", "correct", "hide"]))
    assert sorted(done) == ["decision-done"] * 3 + ["done"]
    assert len(session.scalars(select(Decision)).all()) == 1


def test_a_facilitator_decides_what_their_rooms_hold(session, make, now):
    world = rooms.tree(session, make, now)
    question = make.question(make.theme(make.consultation(territory_code="R-44")))
    here = make.answer(question, state="pending", territory_code="D-54")
    above = make.answer(question, state="pending")
    far = make.answer(question, state="pending", territory_code="C-988")

    def may(account, text):
        who = Moderator(account.id, facilitates=True)
        (made,) = moderation.decide(
            session, seen(text), choice=moderation.Choice("publish"), by=who, now=now
        )
        session.flush()
        found = made.role, made.room_id
        session.rollback()
        return found

    def may_not(account, text):
        refused(lambda: may(account, text), "text-elsewhere", 404)
        session.rollback()

    local, hub = world.local.id, world.hub.id
    assert may(world.by_local, here) == ("facilitator", local)
    assert may(world.by_hub, here) == ("facilitator", local)
    assert may(world.by_national, here) == ("facilitator", local)
    may_not(world.by_local, above)
    assert may(world.by_hub, above) == ("facilitator", hub)
    may_not(world.by_other_hub, here)
    may_not(world.by_hub, far)
    assert may(world.by_other_hub, far) == ("facilitator", world.other_hub.id)
    member = make.account()
    rooms.join(session, world.hub, member, now, "member")
    may_not(member, above)


def test_what_is_passed_on_waits_for_others(session, make, question, by, now):
    answer = make.answer(question, state="pending", published_at=None)
    for _ in range(2):
        moderation.pass_on(session, seen(answer), by=by, now=now)
        session.commit()
    assert answer.state == "pending"
    assert session.scalars(select(PassedOn.account_id)).all() == [by.account_id]
    assert acts(session) == ["statement.passed-on"]
    decide(session, by, now, seen(answer), "publish")
    assert session.scalars(select(PassedOn)).all() == []
    stale = seen(answer, state="pending")
    refused(lambda: moderation.pass_on(session, stale, by=by, now=now), "decision-done", 409)


def test_an_attempt_elsewhere_is_in_the_journal_of_that_place(session, make, by, now):
    other = make.answer(make.question(), state="pending")
    moderation.refuse(session, [other.id, "nothing"], by=by, now=now)
    session.commit()
    (entry,) = entries(session)
    assert (entry.act, entry.consultation_id, entry.actor) == (
        "statement.decision-refused", other.consultation_id, by.actor,
    )  # fmt: skip
    assert session.scalars(select(Reading)).all() == []


def test_what_changes_at_the_last_moment_is_not_decided(session, make, question, by, now):
    answer = make.answer(question, state="pending")
    asked = seen(answer)

    def change(connection):
        changed = update(Statement).where(Statement.id == answer.id)
        connection.execute(changed.values(version=2))

    with just_before(session.get_bind(), "UPDATE statement SET state", change):
        refused(lambda: decide(session, by, now, asked, "publish"), "decision-done", 409)
