"""Outcomes: those anyone may read, those to tell once quiet, and to whom."""

from datetime import timedelta

import pytest

from consult.models import Mail, Outcome, Subscriber
from consult.queries import outcomes

PREFIX = "outcomes:x:"
LATER = timedelta(minutes=6)


@pytest.fixture
def told(make, now):
    """A question answered, a text answered, one quoted by a part: each by someone to tell."""
    consultation = make.consultation()
    theme = make.theme(consultation)
    question = make.question(theme)
    about = {"consultation_id": consultation.id, "created_at": now, "updated_at": now}
    texts = {}
    for name in ("asked", "own", "quoted", "silent", "hidden"):
        account = make.account(email=f"{name}@exemple.fr")
        author = make.participant(account_id=account.id)
        facts = {"participant_id": author.id, "body": name}
        is_asked = name in ("asked", "silent", "hidden")
        made = make.answer(question, **facts) if is_asked else make.proposal(theme, **facts)
        texts[name] = made
    texts["hidden"].state = "hidden"
    make.save(Outcome(question_id=question.id, verdict="kept", body="Oui.", **about))
    make.save(Outcome(statement_id=texts["own"].id, verdict="kept", body="Oui.", **about))
    facts = {"time_zone": "Europe/Paris", "locale": "fr", "next_digest_at": now, "told_until": now}
    facts |= {"created_at": now, "confirmed_at": now}
    make.save(Subscriber(email="silent@exemple.fr", letters="none", **facts))
    make.save(Subscriber(email="own@exemple.fr", letters="weekly", **facts | {"locale": "en"}))
    other = make.proposal(make.theme())
    make.save(
        Outcome(
            statement_id=other.id, verdict="kept", body="Non.", told_at=now,
            **about | {"consultation_id": other.consultation_id},
        )
    )  # fmt: skip
    return consultation, texts


def people(session, told, most=10):
    consultation, texts = told
    query = outcomes.told_people(consultation.id, PREFIX, [texts["quoted"].id], most=most)
    return session.scalars(query).all()


def test_each_person_is_told_once_and_nobody_who_wants_no_letter(session, make, told, now):
    consultation, texts = told
    assert session.scalars(outcomes.untold(now)).all() == []
    assert session.scalars(outcomes.untold(now + LATER)).all() == [consultation.id]
    assert len(session.scalars(outcomes.to_tell(consultation.id)).all()) == 2
    every = ["asked@exemple.fr", "own@exemple.fr", "quoted@exemple.fr"]
    assert people(session, told) == every
    assert people(session, told, most=1) == every[:1]
    rows = session.execute(outcomes.told_of(consultation.id, [texts["quoted"].id], every)).all()
    assert [(row.email, row.locale, row.id) for row in rows] == [
        (f"{name}@exemple.fr", locale, texts[name].id)
        for name, locale in (("asked", "fr"), ("own", "en"), ("quoted", "fr"))
    ]
    letter = {"recipient": "own@exemple.fr", "subject": "s", "body": "b", "created_at": now}
    make.save(Mail(dedup_key=f"{PREFIX}own", attempts=0, **letter))
    assert people(session, told) == ["asked@exemple.fr", "quoted@exemple.fr"]


def test_what_became_of_texts_is_said_of_themselves_and_of_their_questions(session, told):
    consultation, texts = told
    ids = [texts[name].id for name in ("asked", "own", "quoted")]
    rows = session.execute(outcomes.of_texts(ids)).all()
    held = {row.statement_id: row.Outcome.question_id is None for row in rows}
    assert held == {texts["asked"].id: False, texts["own"].id: True}
    assert session.execute(outcomes.readings(ids)).all() == []
    assert session.scalars(outcomes.of_any_parts(["f"])).all() == []
    assert session.scalars(outcomes.of_parts("x", ["f"])).all() == []
    assert len(session.execute(outcomes.of_consultation(consultation.id)).all()) == 2
    texts["own"].state = "hidden"
    session.commit()
    assert len(session.execute(outcomes.of_consultation(consultation.id)).all()) == 1
