"""Publishing, hiding and sending back."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.domain.errors import RuleBroken
from consult.models import Consultation, JournalEntry, Question, Statement
from consult.services import moderation


def decide(session, statement, now, decision, reason="", seen=""):
    choice = moderation.Decision(decision, reason, seen)
    moderation.decide(session, statement, choice=choice, actor="account:x", now=now)
    session.commit()


def test_a_published_text_counts_and_a_hidden_one_no_longer(session, make, now):
    question = make.question()
    answer = make.answer(question, state="pending", published_at=None)
    decide(session, answer, now, "publish")
    counted = select(Question.answers).where(Question.id == question.id)
    assert (answer.state, answer.published_at, session.scalar(counted)) == ("published", now, 1)
    decide(session, answer, now, "hide", "attack")
    assert (answer.state, answer.state_reason, session.scalar(counted)) == ("hidden", "attack", 0)
    assert session.scalar(select(Consultation.answers)) == 0
    decide(session, answer, now, "publish")
    assert session.scalar(counted) == 1
    acts = list(session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)))
    assert acts == ["statement.published", "statement.hidden", "statement.published"]


def test_a_decision_about_another_state_than_the_one_seen_is_refused(session, make, now):
    answer = make.answer(make.question(), state="withdrawn")
    for seen in ("", "pending"):
        with pytest.raises(RuleBroken) as refused:
            decide(session, answer, now, "publish", seen=seen)
        assert (refused.value.code, refused.value.status) == ("decision-done", 409)
        session.rollback()


def test_a_text_corrected_meanwhile_is_not_decided_unread(session, make, now):
    answer = make.answer(make.question(), state="pending")
    with Session(session.get_bind()) as other:
        row = other.get_one(Statement, answer.id)
        row.body, row.version = "Un autre texte", 2
        other.commit()
    with pytest.raises(RuleBroken, match="decision-done"):
        decide(session, answer, now, "publish")


def test_of_two_who_decide_at_once_one_wins(session, make, now):
    answer = make.answer(make.question(), state="pending")

    def one(decision):
        with Session(session.get_bind()) as own:
            row = own.get_one(Statement, answer.id)
            try:
                decide(own, row, now, decision, "attack", "pending")
            except RuleBroken as broken:
                return broken.code
            return "done"

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(one, ["publish", "hide", "correct", "hide"]))
    assert sorted(done) == ["decision-done"] * 3 + ["done"]
