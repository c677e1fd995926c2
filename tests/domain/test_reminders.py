from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from consult.domain import reminders
from consult.domain.reminders import Late

INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
ZONES = st.sampled_from(("Europe/Paris", "Pacific/Noumea", "America/Cayenne", "Indian/Reunion"))


@given(INSTANTS, ZONES)
def test_the_next_morning_is_the_first_eight_o_clock(after, zone):
    found = reminders.next_morning(after, zone)
    here = found.astimezone(ZoneInfo(zone))
    assert (here.hour, here.minute) == (8, 0)
    assert timedelta() < found - after <= timedelta(hours=25)  # the clocks may go back


@given(INSTANTS, ZONES)
def test_two_mornings_have_two_marks(after, zone):
    first = reminders.next_morning(after, zone)
    second = reminders.next_morning(first, zone)
    assert reminders.key("a", first, zone) != reminders.key("a", second, zone)


def test_the_room_that_is_late_for_longest_comes_first():
    at = datetime(2026, 11, 23, tzinfo=UTC)
    day = timedelta(days=1)
    found = reminders.by_room(
        [
            Late("B", "second_readings", 1, at),
            Late("A", "texts", 2, at - day),
            Late("B", "texts", 1, at - 2 * day),
        ]
    )
    assert [room.room for room in found] == ["B", "A"]
    assert [one.kind for one in found[0].late] == ["texts", "second_readings"]
    assert found[0].due_at == at - 2 * day
    assert reminders.by_room([]) == []
