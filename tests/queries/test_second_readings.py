"""What waits for a second reading, and for whom; what an author is told."""

from datetime import timedelta

import pytest

from consult.queries import moderation as queues
from consult.queries import second_readings as queries
from consult.queries.moderated import statements
from consult.queries.moderation import Moderator
from consult.services import moderation, second_readings
from tests import rooms


@pytest.fixture
def world(session, make, now):
    """Two texts hidden by the local room, whose authors contest; one that nobody contests."""
    found = rooms.tree(session, make, now)
    found.question = make.question()
    found.texts = []
    for day in (2, 1, 0):
        answer = make.answer(found.question, territory_code="D-54")
        at = now - timedelta(days=day)
        hide(session, answer, found.by_local, at)
        found.texts.append(answer)
        if day:
            second_readings.ask(session, answer, words="Non.", actor="participant:x", now=at)
            session.commit()
    return found


def hide(session, answer, account, at):
    moderation.decide(
        session,
        [moderation.Seen(answer.id, answer.version, answer.state)],
        choice=moderation.Choice("hide", "attack", "Page 2."),
        by=Moderator(account.id, facilitates=True),
        now=at,
    )
    session.commit()


def waiting(session, by):
    return [row.id for row in session.execute(queries.queue(by)).all()]


def test_the_first_due_comes_first_for_the_room_above_alone(session, make, world):
    expected = [text.id for text in world.texts[:2]]
    for account, facts, seen in (
        (world.by_hub, {"facilitates": True}, expected),
        (world.by_national, {"facilitates": True}, expected),
        (world.by_local, {"facilitates": True}, []),
        (world.by_local, {"sees_all": True}, []),
        (world.by_other_hub, {"facilitates": True}, []),
        (make.account("administrator"), {"sees_all": True}, expected),
        (make.account("organiser"), {"organises": True}, []),
    ):
        by = Moderator(account.id, **facts)
        assert waiting(session, by) == seen
        assert session.execute(queries.counted(by)).all()[0][3] == len(seen)


def test_what_is_shown_to_decide(session, world):
    by = Moderator(world.by_hub.id, facilitates=True)
    row = session.execute(queries.queue(by)).all()[0]
    assert (row.reason, row.note, row.words) == ("attack", "Page 2.", "Non.")
    assert (row.role, row.room_name) == ("facilitator", "Salle du 54")
    assert "account_id" not in row._fields


def test_one_is_known_to_who_decided_first_and_theirs_to_others(session, world):
    key = session.execute(queues.in_force(statements, world.texts[0].id)).scalar_one().id
    for account, known, theirs in (
        (world.by_hub, True, True),
        (world.by_local, True, False),
        (world.by_other_hub, False, False),
    ):
        by = Moderator(account.id, facilitates=True)
        row = session.execute(queries.one(key, by)).one_or_none()
        assert (row is not None) is known
        assert row is None or bool(row.theirs) is theirs


def test_an_author_is_told_of_the_decision_in_force_alone(session, make, world, now):
    first, _second, last = world.texts
    shown = make.answer(world.question)
    ids = [first.id, last.id, shown.id]
    rows = {row.item_id: row for row in session.execute(queries.contested(ids)).all()}
    assert set(rows) == {first.id, last.id}
    assert (rows[first.id].reason, rows[first.id].room_name) == ("attack", "Salle du 54")
    assert rows[first.id].asked_at is not None and rows[last.id].asked_at is None
    last.state = "pending"
    session.commit()
    assert not session.execute(queries.contested([last.id])).all()
