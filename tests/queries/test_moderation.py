"""The queue of texts to read."""

from datetime import timedelta

import pytest

from consult.queries import moderation


def test_the_queue_is_of_one_consultation_and_one_state(session, make):
    consultation = make.consultation()
    theme = make.theme(consultation)
    question = make.question(theme, wording="Que faire ?")
    waiting = make.answer(question, state="pending", body="x" * 5_000)
    make.answer(question, state="awaiting")
    make.answer(question)
    make.answer(make.question(), state="pending")
    comment = make.comment(make.proposal(theme, title="Le bus"), state="pending")
    rows = {r.id: r for r in session.execute(moderation.queue(consultation.id, "pending"))}
    assert set(rows) == {waiting.id, comment.id}
    assert rows[waiting.id].body == "x" * 5_000
    assert rows[waiting.id].wording == "Que faire ?"
    assert rows[comment.id].parent_title == "Le bus"


@pytest.mark.parametrize("state", ["awaiting", "withdrawn", "draft' or 1=1 --"])
def test_other_states_are_nobodys_to_read(state):
    with pytest.raises(ValueError, match=state[:5]):
        moderation.queue("x", state)


def test_counts_are_by_state(session, make):
    question = make.question()
    for state in ("pending", "hidden", "hidden", "published", "withdrawn"):
        make.answer(question, state=state)
    rows = session.execute(moderation.counts(question.consultation_id))
    assert {row.state: row[1] for row in rows} == {"pending": 1, "hidden": 2}


def test_words_are_those_of_one_state_the_oldest_first(session, make, now):
    question = make.question()
    second = make.answer(question, state="pending", body="Second", created_at=now)
    first = make.answer(question, state="pending", created_at=now - timedelta(days=1))
    make.answer(question)
    rows = session.execute(moderation.words(question.consultation_id, "pending")).all()
    assert [tuple(row) for row in rows] == [(first.id, first.search), (second.id, second.search)]
