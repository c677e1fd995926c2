"""Questions: every kind, their order, what stays once people answered."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.domain.errors import RuleBroken
from consult.models import Answer, AnswerQuestion, Draft, Question
from consult.services import consultations, questions

ACT = {"actor": "account:x"}
CHOICES = {"choices": "Oui\nNon\n"}


@pytest.fixture
def theme(make):
    make.question()
    return make.theme(make.consultation(published_at=None))


def add(session, theme, now, kind="long_text", **words):
    words = {"wording": "Que faire ?"} | words
    made = questions.add(session, theme, kind=kind, values=words, now=now, **ACT)
    session.commit()
    return made


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("long_text", {}),
        ("short_text", {"max_length": "120"}),
        ("choice", CHOICES),
        ("choices", CHOICES | {"min": "1", "max": "2"}),
        ("scale", {"min": "1", "max": "5"}),
        ("ranking", CHOICES),
        ("number", {"unit": "km"}),
        ("yes_no", {"detail": "required"}),
        ("actors", {}),
    ],
)
def test_every_kind_is_added_with_its_options(session, theme, now, kind, options):
    made = add(session, theme, now, kind, options=options)
    assert (made.number, made.kind) == (1, kind)
    assert made.search == "que fair"


@pytest.mark.parametrize(
    ("kind", "words", "code"),
    [
        ("essay", {}, "question-kind-unknown"),
        ("choice", {"options": {"choices": "Oui"}}, "options-choices-few"),
        ("scale", {"options": {"min": "9", "max": "2"}}, "options-out"),
        ("long_text", {"wording": ""}, "wording-missing"),
        ("long_text", {"context": "a\x00"}, "text-unreadable"),
    ],
)
def test_what_cannot_be_is_refused(session, theme, now, kind, words, code):
    with pytest.raises(RuleBroken, match=code):
        add(session, theme, now, kind, **words)


def test_questions_swap_and_stop_at_the_ends(session, theme, now):
    first, second, third = (add(session, theme, now, wording=w) for w in "abc")
    questions.move(session, third, up=True, now=now, **ACT)
    questions.move(session, third, up=True, now=now, **ACT)
    questions.move(session, third, up=True, now=now, **ACT)
    session.commit()
    assert [q.number for q in (third, first, second)] == [1, 2, 3]


def test_numbers_stay_once_people_can_answer(session, make, now):
    question = make.question(make.theme(make.consultation()))
    with pytest.raises(RuleBroken) as refused:
        questions.move(session, question, up=True, now=now, **ACT)
    assert (refused.value.code, refused.value.status) == ("number-fixed", 409)


def revise(session, question, now, **words):
    stored = questions.values_of(question)
    questions.revise(
        session,
        question,
        values=stored | words,
        version=consultations.stamp(stored),
        now=now,
        **ACT,
    )
    session.commit()


def test_options_stay_once_someone_answered(session, make, theme, now):
    question = add(session, theme, now, "choice", options=CHOICES)
    revise(session, question, now, options={"choices": "Oui\nNon\nPeut-être"})
    assert question.options["choices"] == ["Oui", "Non", "Peut-être"]
    make.answer(question, value="Oui", state="withdrawn")
    revise(session, question, now, wording="Et maintenant ?")
    with pytest.raises(RuleBroken) as refused:
        revise(session, question, now, options={"choices": "A\nB"})
    assert (refused.value.code, refused.value.status) == ("options-fixed", 409)


def test_a_question_stays_once_someone_answered_or_began(session, make, theme, now):
    free, answered, further, begun = (add(session, theme, now, wording=w) for w in "abcd")
    answer = make.answer(answered)
    session.add(AnswerQuestion(statement_id=answer.id, question_id=further.id))
    session.add(
        Draft(
            participant_id=make.participant().id,
            target=f"question:{begun.id}",
            form={"value": ["..."]},
            created_at=now,
            updated_at=now,
        )
    )
    session.commit()
    questions.remove(session, free, now=now, **ACT)
    session.commit()
    assert session.scalar(select(Question.id).where(Question.id == free.id)) is None
    for question in (answered, further, begun):
        with pytest.raises(RuleBroken) as refused:
            questions.remove(session, question, now=now, **ACT)
        assert (refused.value.code, refused.value.status) == ("question-answered", 409)
        session.rollback()


def test_a_theme_holds_so_many_questions(session, make, theme, now, monkeypatch):
    monkeypatch.setattr(questions, "MOST", 2)
    add(session, theme, now)
    add(session, theme, now)
    with pytest.raises(RuleBroken) as refused:
        add(session, theme, now)
    assert (refused.value.code, refused.value.facts) == ("questions-too-many", {"max": 2})


def test_a_question_waits_for_whoever_is_answering_it(session, make, now):
    question = make.question()

    def remove():
        with Session(session.get_bind()) as own:
            questions.remove(own, own.get_one(Question, question.id), now=now, **ACT)

    with ThreadPoolExecutor(1) as pool:
        session.add(
            Answer(
                consultation_id=question.consultation_id,
                question_id=question.id,
                state="pending",
                created_at=now,
                updated_at=now,
            )
        )
        session.flush()
        removal = pool.submit(remove)
        with pytest.raises(TimeoutError):
            removal.result(0.2)
        session.commit()
        with pytest.raises(RuleBroken, match="question-answered"):
            removal.result()


def test_a_number_is_never_given_twice(session, make, theme, now):
    first, second = add(session, theme, now), add(session, theme, now)
    questions.remove(session, first, now=now, **ACT)
    session.commit()
    assert add(session, theme, now).number == second.number + 1
