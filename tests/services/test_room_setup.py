"""What a room is made of."""

from datetime import date

import pytest
from sqlalchemy import select

from consult.domain import room_templates
from consult.domain.errors import RuleBroken
from consult.models import RoomCollege, RoomMember, RoomOfficial, Seat
from consult.services import room_setup

NAMED = {"name": "Mme Weber", "institution": "Préfecture"}


def refused(code, act, *facts, **named):
    with pytest.raises(RuleBroken) as broken:
        act(*facts, **named)
    assert broken.value.code == code
    return broken.value.status


@pytest.fixture
def room(make):
    return make.room()


@pytest.fixture
def by(now):
    return {"actor": "account:x", "now": now}


def wanted(session):
    rows = session.scalars(select(RoomCollege).order_by(RoomCollege.college))
    return {row.college: row.wanted for row in rows}


def test_a_template_gives_its_purpose_colleges_and_seats(session, room, by):
    pair = room_templates.TEMPLATES["epci_pair"]
    room_setup.furnish(session, room, pair, say=str.upper, **by)
    session.commit()
    assert room.purpose == pair.PURPOSE.upper()
    assert wanted(session) == dict(pair.COLLEGES)
    kinds = session.scalars(select(Seat.kind).order_by(Seat.id)).all()
    assert sorted(kinds) == ["elected", "technician"]


def test_what_was_typed_is_kept_over_the_template(session, room, by):
    room.purpose = "Le nôtre"
    room_setup.furnish(session, room, room_templates.TEMPLATES["club"], say=str, **by)
    assert room.purpose == "Le nôtre"


def test_a_room_wants_people_of_each_college(session, room, by, make):
    make.save(RoomCollege(room_id=make.room().id, college="state", wanted=9))
    room_setup.want(session, room.id, {"resident": "3", "company": "", "king": "2"}, **by)
    room_setup.want(session, room.id, {"resident": "4"}, **by)
    session.commit()
    assert wanted(session) == {"resident": 4, "state": 9}
    assert refused("college-number", room_setup.want, session, room.id, {"place": "x"}, **by) == 422


def test_a_member_is_placed_in_a_college(session, room, by, make):
    ada, other = make.account(), make.account()
    make.joins(ada, room, "member")
    make.joins(other, make.room(), "member")
    room_setup.place(session, room.id, ada.id, "resident", **by)
    session.commit()
    found = session.scalars(select(RoomMember.college).order_by(RoomMember.id)).all()
    assert sorted(found, key=str) == [None, "resident"]
    act = room_setup.place
    assert refused("college-unknown", act, session, room.id, ada.id, "king", **by) == 422
    assert refused("member-unknown", act, session, room.id, other.id, "state", **by) == 404


def test_an_institution_names_someone_for_a_time(session, room, by, monkeypatch):
    day = date(2026, 12, 1)
    act = room_setup.name_official
    made = act(session, room.id, values=NAMED, dates=(None, day), **by)
    session.commit()
    for changed, code in (({"name": ""}, "official-name-missing"),
                          ({"institution": ""}, "institution-missing"),
                          ({"email": "x"}, "email-unreadable")):  # fmt: skip
        values = {**NAMED, **changed}
        assert refused(code, act, session, room.id, values=values, dates=(None, None), **by) == 422
    wrong = {"values": NAMED, "dates": (day, day)}
    assert refused("mandate-ends-first", act, session, room.id, **wrong, **by) == 422
    changed = {**NAMED, "theme": "Transports", "begins_on": "", "ends_on": day}
    correct = room_setup.correct_official
    assert refused("stale", correct, session, made, changed, version="2", **by) == 409
    wrong_days = {**changed, "begins_on": day}
    assert refused("mandate-ends-first", correct, session, made, wrong_days, version="1", **by)
    correct(session, made, changed, version="1", **by)
    session.commit()
    assert (made.theme, made.ends_on, made.version) == ("Transports", day, 2)
    assert made.corrected_at == by["now"]
    monkeypatch.setattr(room_setup, "MOST_OFFICIALS", 1)
    again = {"values": NAMED, "dates": (None, None)}
    assert refused("officials-too-many", act, session, room.id, **again, **by) == 422
    session.rollback()
    room_setup.remove_official(session, made, **by)
    session.commit()
    assert session.scalar(select(RoomOfficial.id)) is None
