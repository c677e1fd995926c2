"""The rooms of the known objects."""

import pytest
from sqlalchemy import select

from consult.models import CoOrganiser, Room
from consult.queries import rooms
from consult.services import fixture, fixture_rooms


@pytest.fixture
def made(session, now):
    made = fixture.fill(session, now=now)
    session.commit()
    return made


def test_each_known_room_stands_where_its_name_says(session, made):
    rows = {room.id: room for room in session.scalars(select(Room))}
    for name, known in fixture_rooms.ROOMS.items():
        room = rows[made.things[name].id]
        above = rows[room.parent_id] if room.parent_id else None
        assert (room.level, room.territory_code) == (known.level, known.territory)
        assert above is None or above.id == made.things[known.above].id
        assert made.things[name].path == f"/rooms/{room.slug}"
    assert rows[made.things["room_private"].id].is_private


def test_each_facilitator_holds_their_room_and_the_ways_down(session, made):
    names = {made.things[name].id: name for name in fixture_rooms.ROOMS}
    held = {
        who: {names[key] for key in session.scalars(rooms.held_by(made.people[who].account.id))}
        for who in fixture_rooms.FACILITATORS
    }
    assert held == {
        "local_facilitator": {"room_local"},
        "local_facilitator_b": {"room_local_b"},
        "local_facilitator_c": {"room_local_c"},
        "hub_facilitator": {"room_hub", "room_local", "room_local_b", "room_local_c"},
        "other_hub_facilitator": {"room_other_hub", "room_private"},
        "national_facilitator": set(names.values()),
    }


def test_someone_organises_the_open_consultation_with_its_organiser(session, made):
    (row,) = session.scalars(select(CoOrganiser)).all()
    assert row.account_id == made.people["co_organiser"].account.id
    assert row.consultation_id == made.things["consultation_open"].id
