"""What is due and who sees it: votes of other rooms, and of private ones, stay out."""

import pytest

from consult.queries import polls as queries
from consult.queries.rooms import Reader
from consult.services import poll_counts, polls
from tests.polls import DAY, YES, close, members, opened, votes


@pytest.fixture
def room(make):
    return make.room("local", "D-54")


@pytest.fixture
def noise(session, make, now):
    """An open vote of another room."""
    other = make.room("hub", "R-44")
    members(make, other, 2)
    return opened(session, other, now)


def ids(session, query):
    return session.scalars(query).all()


def test_a_vote_is_due_once_at_each_step(session, make, room, now):
    members(make, room, 2)
    poll = opened(session, room, now, opens_at=now + DAY, closes_at=now + 3 * DAY)
    assert ids(session, queries.to_open(now)) == []
    assert ids(session, queries.to_open(now + DAY)) == [poll.id]
    polls.begin(session, poll.id, now=now + DAY)
    session.commit()
    assert ids(session, queries.to_open(now + DAY)) == []
    assert ids(session, queries.to_tell(now + DAY)) == [poll.id]
    assert ids(session, queries.to_remind(now + DAY)) == []
    polls.ask_reminder(session, poll.id, actor="system", now=now + DAY)
    session.commit()
    assert ids(session, queries.to_remind(now + DAY)) == [poll.id]
    assert ids(session, queries.to_remind(now + 3 * DAY)) == []
    assert ids(session, queries.to_count(now + 2 * DAY)) == []
    assert ids(session, queries.to_count(now + 3 * DAY)) == [poll.id]
    assert poll_counts.count(session, poll.id, now=now + 3 * DAY)
    session.commit()
    assert ids(session, queries.to_count(now + 3 * DAY)) == []


def test_a_room_lists_its_own_votes_and_those_that_run(session, make, room, now, noise):
    people = members(make, room, 2)
    first = opened(session, room, now)
    second = opened(session, room, now, closes_at=now + 2 * DAY)
    votes(session, first, people[0], YES, now)
    rows = session.execute(queries.of_room(room.id)).all()
    assert [(row.Poll.id, row.turnout) for row in rows] == [(second.id, 0), (first.id, 1)]
    assert [one.id for one in ids(session, queries.running(room.id, now))] == [first.id, second.id]
    close(session, first, now)
    assert [one.id for one in ids(session, queries.running(room.id, now))] == [second.id]


def test_a_vote_is_seen_by_whoever_sees_its_room(session, make, now):
    room = make.room("local", is_private=True)
    inside, *_others = members(make, room, 2)
    poll = opened(session, room, now)
    seen = {
        name: session.execute(queries.visible(poll.id, reader)).one_or_none() is not None
        for name, reader in {
            "visitor": Reader(),
            "stranger": Reader(make.account().id),
            "member": Reader(inside.id),
            "administrator": Reader("x", sees_all=True),
        }.items()
    }
    assert seen == {"visitor": False, "stranger": False, "member": True, "administrator": True}


def test_what_someone_is_in_a_vote(session, make, room, now, noise):
    ada, bob = members(make, room, 2)
    poll = opened(session, room, now)
    votes(session, poll, ada, YES, now)
    row = session.execute(queries.elector(poll.id, ada.id)).one()
    assert (row.has_voted, row.is_member) == (True, True)
    assert session.execute(queries.elector(poll.id, bob.id)).one().has_voted is False
    assert session.execute(queries.elector(noise.id, ada.id)).one_or_none() is None
    assert [row.account_id for row in session.execute(queries.silent(poll.id))] == [bob.id]
    said = [(row.name, row.said) for row in session.execute(queries.named(poll.id))]
    assert said == [("Personne 000", {"ballot": ["yes"]}), ("Personne 001", None)]
