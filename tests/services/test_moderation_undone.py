"""Undoing a decision: what was is given back exactly, or nothing is."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.models import Decision
from consult.queries.moderation import Moderator
from consult.services import moderation
from tests.deciding import acts, decide, everything, refused, seen

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


def test_undoing_gives_back_exactly_what_was(session, make, question, by, now):
    texts = [
        make.answer(question, state="pending", published_at=None),
        make.answer(question, state="to_correct", state_reason="private", published_at=None),
    ]
    before = everything(session)
    for text in texts:
        decide(session, by, now, seen(text), "publish")
        batch = session.scalars(select(Decision.batch_id).order_by(Decision.id.desc())).first()
        moderation.undo(session, batch, by=by, now=now + 10 * MINUTE)
        session.commit()
    assert everything(session) == before
    assert acts(session).count("statement.decision-undone") == 2


def test_a_batch_is_undone_whole(session, make, question, by, now):
    texts = [make.answer(question) for _ in range(3)]
    before = everything(session)
    made = decide(session, by, now, seen(*texts), "hide", "attack")
    undone = moderation.undo(session, made[0].batch_id, by=by, now=now + MINUTE)
    session.commit()
    assert {one.id for one in undone} == {one.id for one in made}
    assert everything(session) == before


def test_undoing_has_an_end(session, make, question, by, now):
    answer = make.answer(question)
    (made,) = decide(session, by, now, seen(answer), "hide", "attack")

    def undo(minutes, who=by, batch=made.batch_id):
        return lambda: moderation.undo(session, batch, by=who, now=now + minutes * MINUTE)

    refused(undo(11), "undo-late", 409)
    refused(undo(1, batch="nothing"), "batch-unknown", 404)
    other = Moderator(make.account("administrator").id, sees_all=True)
    refused(undo(1, who=other), "batch-unknown", 404)
    refused(undo(1, who=Moderator(by.account_id)), "batch-unknown", 404)
    undo(1)()
    session.commit()
    refused(undo(2), "undo-done", 409)


@pytest.mark.parametrize("change", ["version", "state", "decision"])
def test_what_changed_since_is_not_undone(session, make, question, by, now, change):
    texts = [make.answer(question) for _ in range(2)]
    made = decide(session, by, now, seen(*texts), "hide", "attack")
    if change == "version":
        texts[1].version = 2
    elif change == "state":
        texts[1].state = "published"
    else:
        decide(session, by, now + MINUTE, seen(texts[1]), "publish")
        decide(session, by, now + 2 * MINUTE, seen(texts[1]), "hide", "attack")
    session.commit()
    before = everything(session)
    broken = refused(
        lambda: moderation.undo(session, made[0].batch_id, by=by, now=now + 3 * MINUTE),
        "undo-changed",
        409,
    )
    assert broken.facts["texts"] == [texts[1].id]
    assert everything(session) == before
