"""The recounts find nothing on sound data, and find each counter that was falsified."""

import pytest
from sqlalchemy import text

from consult.domain import stances
from consult.models import AnswerQuestion, Stance
from consult.queries import counters


@pytest.fixture
def lively(session, make, now):
    """An answer to two questions, weighed and discussed, beside other consultations."""
    theme = make.theme()
    first, second = make.question(theme), make.question(theme)
    answer = make.answer(first)
    session.add(AnswerQuestion(statement_id=answer.id, question_id=second.id))
    make.answer(make.question())
    proposal = make.proposal(theme)
    for kind in ("argument", "source", "amendment", "comment"):
        getattr(make, kind)(proposal)
    make.comment(answer, state="hidden")
    for value in (1, 0, -1):
        person = make.participant().id
        session.add(
            Stance(
                statement_id=answer.id,
                participant_id=person,
                value=value,
                created_at=now,
                updated_at=now,
            )
        )
    session.commit()
    return answer, proposal, first, second


def wrong(session):
    return {what for what, query in counters.RECOUNTS.items() if session.scalars(query()).all()}


def test_sound_counters(session, lively):
    answer, proposal, first, second = lively
    for thing in lively:
        session.refresh(thing)
    assert wrong(session) == set()
    assert (answer.agree, answer.mixed, answer.disagree, answer.comments) == (1, 1, 1, 0)
    assert proposal.replies == 4
    assert (first.answers, second.answers) == (1, 1)


def test_the_score_is_the_bound_that_the_rules_say(session, make):
    for declared in ((0, 0, 0), (1, 0, 0), (7, 2, 1), (120, 5, 60)):
        columns = dict(
            zip(("declared_agree", "declared_mixed", "declared_disagree"), declared, strict=True)
        )
        proposal = make.proposal(make.theme(), **columns)
        session.refresh(proposal)
        assert proposal.score == pytest.approx(stances.wilson(*declared), abs=1e-12)


@pytest.mark.parametrize(
    ("falsify", "what"),
    [
        ("update statement set agree = agree + 1", "opinions"),
        ("update statement set comments = comments + 1", "replies"),
        ("update question set answers = answers + 1", "answers to questions"),
        (
            "update consultation set proposals = proposals + 1",
            "answers and proposals of consultations",
        ),
    ],
)
def test_each_falsified_counter_is_found(session, lively, falsify, what):
    session.execute(text(falsify))
    assert wrong(session) == {what}


def test_counters_follow_every_change_of_state(session, lively):
    answer, proposal, _first, second = lively
    answer.state = "hidden"
    session.commit()
    assert wrong(session) == set()
    session.refresh(second)
    assert second.answers == 0
    answer.state = "published"
    answer.question_id = second.id
    session.execute(text("delete from answer_question"))
    session.commit()
    assert wrong(session) == set()
    session.execute(text("delete from stance"))
    session.commit()
    assert wrong(session) == set()
