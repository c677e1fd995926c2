from datetime import timedelta

import pytest

from consult.queries import answers
from consult.queries.consultations import Reader


def seen(session, statement, now, *, reader=None, participant=None, followed=()):
    query = answers.detail(statement.id, reader or Reader(), participant, followed, now)
    return session.execute(query).first()


def test_the_questions_of_hidden_themes_are_left_out(session, make):
    consultation = make.consultation()
    shown = make.theme(consultation, number=3)
    hidden = make.theme(consultation, number=4, hidden=True)
    question = make.question(shown, number=2)
    make.question(hidden, number=1)
    assert [one.id for one in session.execute(answers.outline(consultation.id))] == [question.id]
    full = session.execute(answers.questions_in_full(consultation.id)).all()
    assert [one.Question.id for one in full] == [question.id]


def test_the_questions_that_take_a_text_now(session, make, now):
    consultation = make.consultation()
    theme = make.theme(consultation, number=1)
    question = make.question(theme, number=1)
    make.question(theme, number=2, kind="yes_no")
    make.question(make.theme(consultation, number=9, hidden=True))
    make.question(make.theme(make.consultation(closes_at=now)))
    make.question(make.theme(make.consultation(opens_at=now + timedelta(days=1))))
    listed = make.question(make.theme(make.consultation(access="listed")))
    assert [one.id for one in session.execute(answers.to_write(Reader(), now))] == [question.id]
    everything = session.execute(answers.to_write(Reader(sees_all=True), now)).all()
    assert {one.id for one in everything} == {question.id, listed.id}


@pytest.mark.parametrize("state", ["awaiting", "pending", "to_correct", "hidden", "withdrawn"])
def test_what_is_not_published_is_its_author_s(session, make, now, state):
    consultation, person = make.consultation(), make.participant()
    held = make.contribution(consultation, person)
    answer = make.answer(
        make.question(make.theme(consultation)),
        state=state,
        participant_id=person.id,
        contribution_id=held.id,
    )
    assert seen(session, answer, now) is None
    assert seen(session, answer, now, participant=make.participant().id) is None
    assert seen(session, answer, now, followed=["autre"]) is None
    assert seen(session, answer, now, participant=person.id).Statement is answer
    assert seen(session, answer, now, followed=[held.id]).Statement is answer


def test_a_number_opens_no_other_answer(session, make, now):
    held = make.contribution(make.consultation())
    answer = make.answer(make.question(), state="pending")
    assert seen(session, answer, now, followed=[held.id]) is None


def test_an_organisation_lists_what_everyone_may_read(session, make, now):
    organisation = make.organisation()
    signed = {"organisation_id": organisation.id, "signed_as": "organisation"}
    public = make.answer(make.question(), **signed)
    make.answer(make.question(), state="pending", **signed)
    make.answer(make.question(make.theme(make.consultation(access="listed"))), **signed)
    later = make.consultation(published_at=now + timedelta(days=1))
    make.answer(make.question(make.theme(later)), **signed)
    make.answer(make.question())
    rows = session.execute(answers.of_organisation(organisation.id, Reader(), now, None)).all()
    assert [row.id for row in rows] == [public.id]


def test_one_s_own_answers_to_a_question(session, make):
    question, person = make.question(), make.participant()
    kept = [make.answer(question, participant_id=person.id, state=s) for s in ("pending", "hidden")]
    make.answer(question, participant_id=person.id, state="withdrawn")
    make.answer(question, participant_id=make.participant().id)
    rows = session.execute(answers.mine(question.id, person.id)).all()
    assert [row.id for row in rows] == [one.id for one in kept]
