"""Meetings: their hours, how they come back."""

from datetime import UTC, date, datetime, timedelta

import pytest

from consult.domain import agendas
from consult.domain.errors import RuleBroken

AT = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)


def refused(code, act, *facts):
    with pytest.raises(RuleBroken) as broken:
        act(*facts)
    assert broken.value.code == code


def test_how_a_meeting_comes_back_is_one_of_the_list():
    assert agendas.repeats("monthly") == "monthly"
    for raw in ("daily", None, 3, ["once"]):
        refused("repeat-unknown", agendas.repeats, raw)


def test_there_are_one_to_twenty_four_meetings():
    assert [agendas.times(raw) for raw in (None, "", "3", " 24 ", 2)] == [1, 1, 3, 24, 2]
    for raw in ("0", "25", "-1", "2.5", "x", "٣", "9" * 30):
        refused("times-number", agendas.times, raw)


def test_a_meeting_ends_after_it_starts_and_does_not_last():
    assert agendas.check(AT, AT + timedelta(hours=1)) == (AT, AT + timedelta(hours=1))
    refused("event-hours-missing", agendas.check, None, AT)
    refused("event-hours-missing", agendas.check, AT, None)
    refused("event-ends-first", agendas.check, AT, AT)
    refused("event-too-long", agendas.check, AT, AT + timedelta(days=16))


def test_each_day_is_the_first_to_the_fourth_of_its_weekdays_or_the_last():
    places = [agendas.place_in_month(date(2026, 12, day).day) for day in (1, 7, 8, 22, 28, 29, 31)]
    assert places == [1, 1, 2, 4, 4, -1, -1]


def test_someone_was_there_in_a_way_or_not_at_all():
    assert [agendas.way(raw) for raw in ("", "on_site", "remote")] == ["", "on_site", "remote"]
    for raw in (None, "far", 3):
        with pytest.raises(RuleBroken, match="attendance-unknown"):
            agendas.way(raw)
