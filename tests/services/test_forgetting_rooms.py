"""What a room keeps once someone is erased: its seats and what was done, without the person."""

from sqlalchemy import select

from consult.models import (
    Commitment,
    EventAttendance,
    EventRegistration,
    Poll,
    PollCandidate,
    PollElector,
    RoomFile,
    RoomOfficial,
    SeatMandate,
)
from consult.services import erasures
from tests.personal import NAME, Someone


def test_the_seats_are_empty_and_the_others_stay(session, make, now):
    one = Someone(make).everything()
    erasures.erase(session, one.account.id, texts="kept", actor="system", now=now)
    session.commit()
    session.expire_all()
    mandates = session.scalars(select(SeatMandate).order_by(SeatMandate.id)).all()
    assert [(held.name, held.deputy, held.appointed_by) for held in mandates] == [
        ("Bob Li", "", "")
    ]
    assert [(done.what, done.who) for done in session.scalars(select(Commitment))] == [
        ("Ouvrir", "")
    ]
    (joined,) = session.scalars(select(RoomFile)).all()
    assert (joined.file_name, joined.title, joined.account_id) == (*["document.pdf"] * 2, None)
    for gone in (RoomOfficial, EventRegistration, EventAttendance):
        assert session.scalars(select(gone)).all() == []


def test_a_vote_keeps_the_number_of_its_electors(session, make, now):
    one = Someone(make).everything()
    erasures.erase(session, one.account.id, texts="kept", actor="system", now=now)
    session.commit()
    session.expire_all()
    assert [row.account_id for row in session.scalars(select(PollElector))] == [None]
    assert [row.account_id for row in session.scalars(select(PollCandidate))] == [None]
    (poll,) = session.scalars(select(Poll)).all()
    assert poll.purpose_facts["names"] == {"A": "A", "B": "Bob Li"}


def test_another_of_a_like_name_stays(session, make, now):
    one = Someone(make).everything()
    make.save(RoomOfficial(room_id=one.room.id, created_at=now, name=f"{NAME}-Li", institution="M"))
    erasures.erase(session, one.account.id, texts="kept", actor="system", now=now)
    session.commit()
    assert [row.name for row in session.scalars(select(RoomOfficial))] == [f"{NAME}-Li"]
