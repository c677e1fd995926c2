"""Seats and mandates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import seats
from consult.domain.errors import RuleBroken

DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def test_a_seat_is_for_something_in_the_list():
    assert seats.kind("elected") == "elected"
    for raw in ("king", None, ["elected"]):
        with pytest.raises(RuleBroken, match="seat-kind-unknown"):
            seats.kind(raw)


def test_who_coordinates_runs_the_room_and_others_are_members():
    roles = {kind: seats.role(kind) for kind in seats.LABELS}
    assert [kind for kind, role in roles.items() if role == "facilitator"] == ["coordination"]


def test_a_mandate_ends_after_it_begins():
    seats.check_dates(date(2026, 1, 1), None)
    seats.check_dates(date(2026, 1, 1), date(2026, 1, 2))
    with pytest.raises(RuleBroken, match="mandate-ends-first"):
        seats.check_dates(date(2026, 1, 1), date(2026, 1, 1))


@given(DAYS, DAYS, DAYS, DAYS)
def test_two_mandates_that_meet_on_a_day_are_never_in_force_together(begins, meets, ends, today):
    first = seats.is_in_force(begins, meets, today)
    second = seats.is_in_force(meets, ends, today)
    assert not (first and second)


@given(DAYS, st.none() | DAYS, st.none() | DAYS)
def test_the_first_of_two_ends_counts(begins, foreseen, real):
    end = seats.end(foreseen, real)
    assert end is None if foreseen is real is None else end in (foreseen, real)
    if end is not None:
        assert not seats.is_in_force(begins, end, end)
        assert not seats.is_in_force(begins, end, begins - timedelta(days=1))
