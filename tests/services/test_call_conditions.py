"""Facts of the platform that a call may ask for: what is not met, territory by territory."""

from datetime import timedelta

import pytest

from consult.domain.errors import RuleBroken
from consult.models import RoomCollege, RoomDocument, Seat, SeatMandate
from consult.services import call_conditions, rooms


@pytest.fixture
def room(session, make):
    make.room("hub", "C-988")
    found = make.room("hub", "R-44")
    rooms.work_out(session)
    session.commit()
    return found


def unmet(session, make, *codes, names=("room_complete", "road_map")):
    return call_conditions.unmet(session, names, set(codes), make.now.date())


def test_each_module_is_found_by_its_name():
    assert set(call_conditions.CONDITIONS) == {"road_map", "room_complete"}
    assert all(one.LABEL and one.HINT for one in call_conditions.CONDITIONS.values())
    assert call_conditions.read("road_map") == "road_map"
    for wrong in ("", None, ["road_map"]):
        with pytest.raises(RuleBroken):
            call_conditions.read(wrong)


def test_a_road_map_counts_once_it_is_dated_and_the_room_open(session, make, room):
    assert set(unmet(session, make, "R-44", "")["R-44"]) == {"road_map"}
    assert set(unmet(session, make, "R-44", "")[""]) == {"road_map", "room_complete"}
    day = make.now.date()
    paper = {"room_id": room.id, "body": "Cinq ans.", "created_at": make.now}
    make.save(RoomDocument(kind="resource", title="a", dated_on=day, **paper))
    coming = RoomDocument(kind="road_map", title="b", dated_on=day + timedelta(days=1), **paper)
    make.save(coming)
    assert "R-44" in unmet(session, make, "R-44")
    coming.dated_on = day
    session.commit()
    assert unmet(session, make, "R-44") == {}
    room.is_private = True
    session.commit()
    assert "R-44" in unmet(session, make, "R-44")
    assert unmet(session, make, "R-44", names=("gone",)) == {} == unmet(session, make)


def test_a_room_is_complete_with_its_colleges_and_its_seats(session, make, room):
    make.save(RoomCollege(room_id=room.id, college="resident", wanted=2))
    make.joins(make.account(), room, "member", college="resident")
    seat = make.save(Seat(room_id=room.id, title="Élue", kind="ordinary", created_at=make.now))
    lacks = unmet(session, make, "R-44", names=("room_complete",))["R-44"]["room_complete"]
    assert [dict(one.facts) for one in lacks] == [
        {"college": "Residents", "held": 1, "wanted": 2},
        {"seat": "Élue"},
    ]
    make.joins(make.account(), room, "member", college="resident")
    day = make.now.date()
    held = SeatMandate(seat_id=seat.id, name="Eve", begins_on=day, created_at=make.now)
    make.save(held)
    assert unmet(session, make, "R-44", names=("room_complete",)) == {}
    held.begins_on, held.ended_on = day - timedelta(days=9), day
    session.commit()
    assert "R-44" in unmet(session, make, "R-44", names=("room_complete",))
