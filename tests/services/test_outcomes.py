"""What became of a question or a text."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.domain.errors import RuleBroken
from consult.models import Account, Outcome, Question
from consult.services import consultations, outcomes

EMPTY = consultations.stamp(outcomes.NONE)


def give(session, subject, account, now, verdict="kept", body="Oui.", version=EMPTY):
    words = outcomes.Words(verdict, body)
    made = outcomes.give(session, subject, words=words, version=version, account=account, now=now)
    session.commit()
    return made


@pytest.fixture
def organiser(make):
    return make.account("organiser")


def test_a_question_and_a_proposal_get_an_outcome_that_changes(session, make, organiser, now):
    question = make.question()
    proposal = make.proposal(make.theme())
    for subject in (question, proposal):
        first = give(session, subject, organiser, now)
        again = consultations.stamp(outcomes.values_of(first))
        second = give(session, subject, organiser, now, "partly", "En partie.", again)
        assert (second.id, second.verdict, second.body) == (first.id, "partly", "En partie.")
    assert session.scalar(select(func.count()).select_from(Outcome)) == 2


@pytest.mark.parametrize(
    ("verdict", "body", "code"),
    [
        ("maybe", "Oui.", "verdict-unknown"),
        (None, "Oui.", "verdict-unknown"),
        ("kept", " ", "outcome-missing"),
        ("kept", "x" * 20_001, "text-too-long"),
    ],
)
def test_what_cannot_be_is_refused(session, make, organiser, now, verdict, body, code):
    with pytest.raises(RuleBroken, match=code):
        give(session, make.question(), organiser, now, verdict, body)


def test_only_a_public_text_is_answered_and_only_after_the_opening(session, make, organiser, now):
    with pytest.raises(RuleBroken) as refused:
        give(session, make.answer(make.question(), state="pending"), organiser, now)
    assert (refused.value.code, refused.value.status) == ("statement-not-public", 409)
    session.rollback()
    draft = make.question(make.theme(make.consultation(published_at=None)))
    with pytest.raises(RuleBroken) as refused:
        give(session, draft, organiser, now)
    assert (refused.value.code, refused.value.status) == ("not-open-yet", 409)


def test_of_parallel_first_answers_one_is_kept(session, make, organiser, now):
    question = make.question()

    def one(number):
        with Session(session.get_bind()) as own:
            try:
                give(
                    own,
                    own.get_one(Question, question.id),
                    own.get_one(Account, organiser.id),
                    now,
                    body=f"Réponse {number}",
                )
            except RuleBroken as broken:
                return broken.code
            return "given"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(one, range(4))) == ["given", "stale", "stale", "stale"]
