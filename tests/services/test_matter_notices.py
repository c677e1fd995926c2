"""Whom each step of a matter is told to: each once, and not to whoever did it."""

import pytest

from consult.domain.matters import notices
from consult.models import StoppedLetters
from consult.services import matter_deadlines, matter_notices, matter_words
from tests.matters import begun, does, tree


@pytest.fixture
def rooms(make):
    found = tree(make)
    found.people = {}
    for name in ("national", "hub", "a", "b"):
        found.people[name] = make.account(email=f"{name}@exemple.fr")
        make.joins(found.people[name], getattr(found, name))
    return found


def told(session, done, now):
    events = matter_notices.worth_telling(done.events)
    rows = [row for event in events for row in matter_notices.told(session, event, now=now)]
    return sorted(row.email.partition("@")[0] for row in rows)


def test_a_step_is_told_to_the_rooms_it_concerns(session, rooms, now):
    by = rooms.people
    matter = begun(session, rooms.a, by["a"], now)
    done = does(session, matter, "endorse", rooms.b, by["b"], now)
    assert told(session, done, now) == ["a"]
    done = does(session, matter, "relay", rooms.a, by["a"], now)
    assert told(session, done, now) == ["hub"]
    done = does(session, matter, "relay", rooms.hub, by["hub"], now)
    assert told(session, done, now) == ["a", "national"]  # taken up and sent up: one letter
    done = does(session, matter, "decide", rooms.national, by["national"], now, outcome="pilot")
    assert told(session, done, now) == ["a", "b", "hub"]
    done = does(session, matter, "acknowledge", rooms.a, by["a"], now)
    assert told(session, done, now) == []
    keys = {matter_notices.key(event, "x") for event in done.events}
    assert len(keys) == len(done.events)


def test_a_room_without_anybody_is_told_of_above(session, rooms, now):
    matter = begun(session, rooms.c, rooms.people["a"], now)
    assert [row.id for row in matter_notices.of_holder(session, matter, now=now)] == [
        rooms.people["hub"].id
    ]


def test_a_message_is_told_to_the_other_rooms(session, rooms, now):
    by = rooms.people
    matter = begun(session, rooms.a, by["a"], now)
    does(session, matter, "endorse", rooms.b, by["b"], now)
    does(session, matter, "relay", rooms.a, by["a"], now)
    said = {"room_id": rooms.hub.id, "account_id": by["hub"].id, "now": now}
    message = matter_words.say(session, matter.id, "Combien ?", **said)
    rows = matter_notices.spoken(session, message, now=now)
    assert {row.id for row in rows} == {by["a"].id, by["b"].id}


@pytest.mark.parametrize("subject", ["room", "matters"])
def test_who_stopped_the_letters_of_a_room_gets_none_of_its_matters(session, rooms, now, subject):
    by = rooms.people
    subject = f"room:{rooms.hub.id}" if subject == "room" else notices.SUBJECT
    session.add(StoppedLetters(account_id=by["hub"].id, subject=subject, created_at=now))
    session.commit()
    matter = begun(session, rooms.a, by["a"], now)
    done = does(session, matter, "relay", rooms.a, by["a"], now)
    assert told(session, done, now) == []


def test_silence_is_told_to_the_room_and_to_the_one_above(session, rooms, now):
    matter = begun(session, rooms.a, rooms.ada, now)
    done = matter_deadlines.pass_one(session, matter.id, now=matter.deadline_at)
    assert [event.name for event in done.events] == ["remind"]
    assert told(session, done, now) == ["a", "hub"]


def test_whoever_wrote_it_is_told_unless_they_are_gone(session, rooms, now):
    matter = begun(session, rooms.a, rooms.ada, now)
    ada = rooms.ada.email.partition("@")[0]
    done = does(session, matter, "endorse", rooms.b, rooms.people["b"], now)
    assert told(session, done, now) == sorted(["a", ada])
    matter.account_id = None
    session.commit()
    assert told(session, done, now) == ["a"]
