"""A room sets its own; those below inherit, and may set theirs."""

import pytest

from consult.domain.errors import RuleBroken
from consult.queries import room_settings as queries
from consult.services import room_settings
from tests.matters import tree


def test_a_room_inherits_from_the_nearest_above(session, make, now):
    rooms = tree(make)

    def change(room, **typed):
        room_settings.change(session, room, typed, actor="system", now=now)
        session.commit()

    change(rooms.national, delay_open="90", relay_vote="yes")
    change(rooms.hub, delay_open="20")
    change(rooms.far, delay_open="7")
    found = room_settings.in_force(session, rooms.a.id)
    assert (found["delay_open"], found["relay_vote"], found["delay_review"]) == (20, 1, 56)
    assert room_settings.in_force(session, rooms.hub2.id)["delay_open"] == 90
    change(rooms.hub, delay_open=" ", relay_vote="no")
    found = room_settings.in_force(session, rooms.a.id)
    assert (found["delay_open"], found["relay_vote"]) == (90, 0)
    rows = session.execute(queries.stored(rooms.a.id)).all()
    assert [(row.key, row.height) for row in rows] == [
        ("relay_vote", 1), ("delay_open", 2), ("relay_vote", 2),
    ]  # fmt: skip
    with pytest.raises(RuleBroken, match="setting-out"):
        change(rooms.hub, relay_vote="yes", delay_open="1")
    assert room_settings.in_force(session, rooms.a.id)["relay_vote"] == 0
