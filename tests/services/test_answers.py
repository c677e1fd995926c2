from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.domain.errors import RuleBroken
from consult.domain.signatures import Signature
from consult.models import (
    Answer,
    AnswerQuestion,
    Consultation,
    Contribution,
    JournalEntry,
    ListedPerson,
    Question,
    Theme,
)
from consult.queries.consultations import Reader
from consult.services import answers, drafts
from consult.services.answers import Asked, Signing, Writing
from consult.services.participation import Actor


@pytest.fixture
def asked(make, session):
    question = make.question()
    return Asked(session.get(Consultation, question.consultation_id), question)


def test_an_answer_is_counted_and_noted_in_the_journal(session, make, asked, now):
    actor = Actor(make.participant().id)
    answer = answers.send(session, asked, actor, Writing("Un texte."), key="k", now=now)
    session.commit()
    session.refresh(asked.question)
    assert (answer.state, answer.search, asked.question.answers) == ("published", "un text", 1)
    assert answer.value is None
    entry = session.scalars(select(JournalEntry)).one()
    assert (entry.act, entry.actor) == ("answer.sent", f"participant:{actor.participant_id}")
    assert "Un texte" not in str(entry.facts)


def test_the_same_key_in_parallel_is_one_answer(session, make, asked, now):
    person, question = make.participant().id, asked.question.id
    barrier = Barrier(4)

    def send(_n):
        with Session(session.get_bind(), expire_on_commit=False) as own:
            again = Asked(own.get(Consultation, asked.consultation.id), own.get(Question, question))
            own.commit()
            barrier.wait()
            sent = answers.send(own, again, Actor(person), Writing("Ensemble."), key="k", now=now)
            own.commit()
            return sent.id

    session.commit()
    with ThreadPoolExecutor(4) as pool:
        ids = set(pool.map(send, range(4)))
    assert len(ids) == 1
    assert session.scalar(select(func.count()).select_from(Answer)) == 1
    assert session.scalar(select(func.count()).select_from(Contribution)) == 1


def test_the_key_of_another_form_is_refused(session, make, asked, now):
    actor = Actor(make.participant().id)
    answers.send(session, asked, actor, Writing("Un."), key="k", now=now)
    other = make.question()
    elsewhere = Asked(session.get(Consultation, other.consultation_id), other)
    with pytest.raises(RuleBroken, match="key-used"):
        answers.send(session, elsewhere, actor, Writing("Deux."), key="k", now=now)


@pytest.mark.parametrize("key", ["", "k" * 81, "k\x00"])
def test_a_key_must_be_one(session, make, asked, now, key):
    with pytest.raises(RuleBroken, match="key-unreadable"):
        answers.send(session, asked, Actor(make.participant().id), Writing("x"), key=key, now=now)


def test_only_a_draft_from_before_the_close_gives_fifteen_minutes(session, make, asked, now):
    actor = Actor(make.participant().id)
    target = drafts.target(asked.question.id)
    asked.consultation.closes_at = now
    late = now + timedelta(minutes=10)
    with pytest.raises(RuleBroken, match="consultation-closed"):
        answers.may_send(session, asked, actor, now=late)
    saved = {"participant_id": actor.participant_id, "target": target, "form": {"value": ["x"]}}
    drafts.save(session, **saved, now=now + timedelta(seconds=1))
    with pytest.raises(RuleBroken, match="consultation-closed"):
        answers.may_send(session, asked, actor, now=late)
    drafts.discard(session, participant_id=actor.participant_id, target=target)
    drafts.save(session, **saved, now=now - timedelta(seconds=1))
    drafts.save(session, **saved, now=late)
    answers.may_send(session, asked, actor, now=late)
    with pytest.raises(RuleBroken, match="consultation-closed"):
        answers.may_send(session, asked, actor, now=now + timedelta(minutes=15))


def test_a_list_is_for_the_people_on_it(session, make, asked, now):
    asked.consultation.access = "listed"
    session.add(ListedPerson(consultation_id=asked.consultation.id, email="ada@exemple.fr"))
    session.commit()
    person = make.participant().id
    for reader in (Reader(), Reader("x", "autre@exemple.fr"), Reader("x", None, sees_all=True)):
        with pytest.raises(RuleBroken, match="not-on-the-list"):
            answers.may_send(session, asked, Actor(person, reader), now=now)
    answers.may_send(session, asked, Actor(person, Reader("x", "ada@exemple.fr")), now=now)


@pytest.mark.parametrize(
    ("access", "moderation", "email", "state"),
    [
        ("open", "after", None, "published"),
        ("open", "before", None, "pending"),
        ("email", "after", None, "awaiting"),
        ("email", "before", None, "awaiting"),
        ("email", "after", "ada@exemple.fr", "published"),
        ("email", "before", "ada@exemple.fr", "pending"),
    ],
)
def test_the_first_state(session, make, asked, now, access, moderation, email, state):
    asked.consultation.access, asked.consultation.moderation = access, moderation
    actor = Actor(make.participant().id, Reader("x", email))
    assert answers.send(session, asked, actor, Writing("x"), key="k", now=now).state == state


def test_an_organisation_signs(session, make, asked, now):
    signing = Signing(Signature("organisation", "Hub Est", "directrice"), "place", "D-54")
    actor = Actor(make.participant().id)
    answer = answers.send(session, asked, actor, Writing("x", signing), key="k", now=now)
    assert (answer.signature, answer.function, answer.actor_kind) == (
        "Hub Est",
        "directrice",
        "place",
    )
    assert answer.organisation_id is not None


@pytest.mark.parametrize("code", ["Z-99", "\u0661" * 5, "' OR 1=1"])
def test_a_territory_must_be_in_the_tree(session, make, asked, now, code):
    writing = Writing("x", Signing(territory_code=code))
    with pytest.raises(RuleBroken, match="territory-unknown"):
        answers.send(session, asked, Actor(make.participant().id), writing, key="k", now=now)


def test_further_questions_are_of_the_same_consultation(session, make, asked, now):
    actor, elsewhere = Actor(make.participant().id), make.question().id
    for wanted in (elsewhere, "inconnue", "\x00"):
        with pytest.raises(RuleBroken):
            answers.send(session, asked, actor, Writing("x", further=(wanted,)), key="k", now=now)
        session.rollback()


def test_the_value_of_an_answer_is_read_as_its_question_reads_it(session, make, asked, now):
    actor = Actor(make.participant().id)
    text = answers.send(session, asked, actor, Writing("Un texte."), key="a", now=now)
    assert answers.value_of(asked.question, text) == "Un texte."
    theme = session.get(Theme, asked.question.theme_id)
    choice = make.question(theme, kind="choice", options={"choices": ["Oui", "Non"]})
    chosen = answers.send(
        session, Asked(asked.consultation, choice), actor, Writing("Oui"), key="b", now=now
    )
    assert answers.value_of(choice, chosen) == "Oui"


def test_a_text_is_addressed_to_several_questions_and_a_choice_is_not(session, make, asked, now):
    actor = Actor(make.participant().id)
    theme = session.get(Theme, asked.question.theme_id)
    second, hidden = (
        make.question(theme),
        make.question(make.theme(asked.consultation, hidden=True)),
    )
    wanted = (second.id, asked.question.id, second.id)
    sent = answers.send(session, asked, actor, Writing("x", further=wanted), key="a", now=now)
    session.commit()
    ties = select(AnswerQuestion.question_id).where(AnswerQuestion.statement_id == sent.id)
    assert session.scalars(ties).all() == [second.id]
    choices = [
        make.question(theme, kind="choice", options={"choices": ["Oui", "Non"]}) for _ in "ab"
    ]
    for question, value, further in (
        (asked.question, "x", hidden.id),
        (asked.question, "x", choices[0].id),
        (choices[0], "Oui", choices[1].id),
    ):
        with pytest.raises(RuleBroken, match="question-unknown"):
            answers.send(
                session, Asked(asked.consultation, question), actor,
                Writing(value, further=(further,)), key=f"{question.id}{further}", now=now,
            )  # fmt: skip
        session.rollback()
