"""Which room acts for one that nobody runs, or where nothing happens."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from consult.domain import vacancies

NOW = datetime(2026, 12, 1, tzinfo=UTC)


class Room(NamedTuple):
    runners: int
    acted_at: datetime
    decided_at: datetime | None = None


def ago(days):
    return NOW - timedelta(days=days)


ROOMS = st.builds(
    Room, st.integers(0, 2), st.integers(0, 200).map(ago), st.none() | st.integers(0, 200).map(ago)
)


def test_a_room_is_vacant_dormant_or_awake():
    assert vacancies.state(Room(0, NOW), NOW) == "vacant"
    assert vacancies.state(Room(1, ago(90)), NOW) == "awake"
    assert vacancies.state(Room(1, ago(91)), NOW) == "dormant"
    assert vacancies.state(Room(1, ago(200), ago(3)), NOW) == "awake"
    assert vacancies.state(Room(1, ago(3), ago(200)), NOW) == "awake"


@given(st.lists(ROOMS, max_size=4))
def test_the_nearest_that_is_awake_acts_else_the_nearest_that_is_run(line):
    acting = vacancies.in_charge(line, NOW)
    awake = [room for room in line if vacancies.state(room, NOW) == "awake"]
    run = [room for room in line if room.runners]
    assert acting == (awake or run or [None])[0]
