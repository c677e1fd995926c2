from datetime import timedelta

import pytest

from consult.models import Draft
from consult.queries import follows as queries
from consult.services import follows, notifications

DAY = timedelta(days=1)


@pytest.fixture
def text(make):
    """An answer of Ada, who is told at her account's address."""
    ada = make.participant(account_id=make.account(email="ada@exemple.fr").id)
    return make.answer(make.question(), participant_id=ada.id)


def untold(session, now):
    return [row.id for row in session.execute(queries.untold_replies(now))]


def test_a_reply_is_told_until_its_letter_is_written(session, make, text, now):
    one = make.comment(text)
    assert untold(session, now) == [one.id]
    letter = notifications.Letter("ada@exemple.fr", "x", "x", f"reply:{one.id}")
    notifications.put(session, letter, now=now)
    assert untold(session, now) == []


def test_nobody_is_told_of_their_own_or_of_what_is_not_shown(session, make, text, now):
    make.comment(text, participant_id=text.participant_id)
    make.comment(text, state="pending", published_at=None)
    make.comment(text, state="hidden")
    make.comment(text, published_at=now - 3 * DAY)
    make.comment(make.answer(make.question()))
    hidden = make.answer(make.question(), participant_id=text.participant_id, state="hidden")
    make.comment(hidden)
    theme = make.theme(make.consultation(), hidden=True)
    unseen = make.answer(make.question(theme), participant_id=text.participant_id)
    make.comment(unseen, theme_id=theme.id)
    assert untold(session, now) == []


def test_five_replies_a_day_are_told_for_a_text(session, make, text, now):
    sent = [make.comment(text, published_at=now - timedelta(minutes=n)) for n in range(9, 0, -1)]
    assert untold(session, now) == [one.id for one in sent[: queries.REPLIES_A_DAY]]
    assert len(untold(session, now + DAY)) == queries.REPLIES_A_DAY


@pytest.mark.parametrize(("letters", "told"), [("at_once", 1), ("weekly", 0), ("none", 0)])
def test_a_reply_is_told_to_who_wants_it(session, make, text, now, letters, told):
    person = follows.subscribe(session, "ada@exemple.fr", now=now)
    person.letters = letters
    session.commit()
    make.comment(text)
    assert len(untold(session, now)) == told


def draft(make, question, participant):
    return make.save(
        Draft(
            participant_id=participant.id,
            target=f"question:{question.id}",
            form={"value": ["x"]},
            created_at=make.now,
            updated_at=make.now,
        )
    )


def drafts(session, now):
    return session.execute(queries.unsent_drafts(now)).all()


def test_a_draft_is_reminded_of_when_the_close_is_near(session, make, now):
    consultation = make.consultation(closes_at=now + 2 * DAY)
    question = make.question(make.theme(consultation))
    ada = make.participant(account_id=make.account(email="ada@exemple.fr").id)
    draft(make, question, ada)
    draft(make, question, make.participant())
    by_number = make.participant()
    make.contribution(consultation, by_number, notify_email="bea@exemple.fr")
    draft(make, question, by_number)
    draft(make, make.question(), ada)
    found = drafts(session, now)
    assert {row.email for row in found} == {"ada@exemple.fr", "bea@exemple.fr"}
    key = f"deadline:{consultation.id}:{ada.id}:2026-11-25"
    assert found[0].key == key
    notifications.put(session, notifications.Letter("a", "x", "x", key), now=now)
    assert [row.email for row in drafts(session, now)] == ["bea@exemple.fr"]
    assert drafts(session, now + 3 * DAY) == []


def test_who_has_answered_or_wants_no_letter_is_left_alone(session, make, now):
    consultation = make.consultation(closes_at=now + 2 * DAY)
    question = make.question(make.theme(consultation))
    ada = make.participant(account_id=make.account(email="ada@exemple.fr").id)
    bea = make.participant(account_id=make.account(email="bea@exemple.fr").id)
    draft(make, question, ada)
    draft(make, question, bea)
    make.answer(question, participant_id=ada.id)
    follows.subscribe(session, "bea@exemple.fr", now=now).letters = "none"
    session.commit()
    assert drafts(session, now) == []


def test_only_the_letters_that_someone_wants_are_late(session, make, now):
    person = follows.subscribe(session, "ada@exemple.fr", now=now - 8 * DAY)
    session.commit()
    assert session.scalar(queries.late(now)) == 0
    follows.choose(session, person, "weekly", now=now - 8 * DAY)
    session.commit()
    assert session.scalar(queries.late(now)) == 1
    assert list(session.scalars(queries.due(now))) == [person]
    person.letters = "none"
    session.commit()
    assert session.scalar(queries.late(now)) == 0
