from datetime import timedelta

import pytest
from sqlalchemy import func, select

from consult.domain.errors import RuleBroken
from consult.models import JournalEntry, RoomLetter
from consult.queries import room_letters as queries
from consult.services import room_letters, stopped_letters
from consult.services.announcements import Words

WORDS = Words("La réunion est avancée", "Elle a lieu mardi.")


@pytest.fixture
def room(make):
    room = make.room()
    make.joins(make.account(), room, "member")
    return room


@pytest.fixture
def writer(make, room):
    account = make.account()
    make.joins(account, room)
    return account


def draft(number, part="all"):
    return room_letters.Draft(WORDS, part, f"{number:022}")


def test_a_form_sent_twice_sends_once(session, room, writer, now):
    letter, people = room_letters.send(session, room, draft(1), by=writer, now=now)
    session.commit()
    assert len(people) == letter.people == 2
    again, nobody = room_letters.send(session, room, draft(1), by=writer, now=now)
    assert (again.id, nobody) == (letter.id, [])
    assert session.scalar(select(func.count()).select_from(RoomLetter)) == 1


def test_the_journal_says_that_one_wrote_and_not_what(session, room, writer, now):
    letter, _people = room_letters.send(session, room, draft(1, "role:member"), by=writer, now=now)
    session.commit()
    entry = session.scalars(select(JournalEntry).where(JournalEntry.act == "room.written-to")).one()
    assert (entry.actor, entry.subject) == (f"account:{writer.id}", f"room:{room.id}")
    said = dict(entry.facts)
    assert len(said.pop("title")) == 32
    assert said == {"letter": letter.id, "part": "role:member", "people": 1}


def test_so_many_letters_in_seven_days_for_each_room(session, make, room, writer, now):
    for number in range(3):
        room_letters.send(session, room, draft(number), by=writer, now=now)
    session.commit()
    with pytest.raises(RuleBroken) as refusal:
        room_letters.send(session, room, draft(9), by=writer, now=now + timedelta(days=6))
    assert (refusal.value.code, refusal.value.status) == ("room-letters-enough", 429)
    session.rollback()
    again, _nobody = room_letters.send(session, room, draft(2), by=writer, now=now)
    assert again.form == f"{2:022}"
    other = make.room()
    make.joins(writer, other)
    room_letters.send(session, other, draft(9), by=writer, now=now)
    room_letters.send(session, room, draft(9), by=writer, now=now + timedelta(days=7))
    session.commit()


def test_one_college_alone_may_be_written_to(session, make, room, writer, now):
    residents = [make.account(), make.account()]
    for one in residents:
        make.joins(one, room, "member", college="resident")
    parts = {row.part: row.number for row in session.execute(queries.parts(room.id))}
    assert parts == {"all": 4, "role:facilitator": 1, "role:member": 3, "college:resident": 2}
    letter, people = room_letters.send(
        session, room, draft(1, "college:resident"), by=writer, now=now
    )
    session.commit()
    assert {person.id for person in people} == {one.id for one in residents}
    assert letter.addressed_to == "college:resident"


def test_a_letter_to_nobody_is_refused(session, make, writer, now):
    empty = make.room()
    for part, code in (("all", "room-letter-to-nobody"), ("x:y", "room-part-unknown")):
        with pytest.raises(RuleBroken, match=code):
            room_letters.send(session, empty, draft(1, part), by=writer, now=now)
    with pytest.raises(RuleBroken, match="form-unknown"):
        room_letters.send(
            session, empty, room_letters.Draft(WORDS, "all", None), by=writer, now=now
        )


def test_who_stopped_the_letters_of_a_room_gets_none(session, room, writer, now):
    stopped_letters.stop(session, writer.id, queries.subject(room.id), now=now)
    letter, people = room_letters.send(session, room, draft(1), by=writer, now=now)
    assert letter.people == 1
    assert writer.id not in {one.id for one in people}
