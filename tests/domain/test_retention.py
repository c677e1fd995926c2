from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import retention
from consult.domain.retention import Delay


@pytest.mark.parametrize(
    ("number", "unit", "at", "then"),
    [
        (30, "days", (2026, 3, 1), (2026, 1, 30)),
        (1, "months", (2026, 3, 31), (2026, 2, 28)),
        (12, "months", (2024, 2, 29), (2023, 2, 28)),
        (36, "months", (2026, 11, 23), (2023, 11, 23)),
        (1, "months", (2026, 1, 15), (2025, 12, 15)),
        (12, "months", (2025, 12, 31), (2024, 12, 31)),
    ],
)
def test_before(number, unit, at, then):
    assert Delay(number, unit, "").before(datetime(*at, tzinfo=UTC)) == datetime(*then, tzinfo=UTC)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)),
    st.integers(1, 60),
)
def test_months_are_calendar_months(at, number):
    months = Delay(number, "months", "")
    then = months.before(at)
    assert timedelta(days=28 * number) <= at - then <= timedelta(days=31 * number + 3)
    assert months.before(at + timedelta(days=1)) >= then


def test_each_delay_says_itself_once_with_its_number():
    sentences = [one.sentence for one in retention.ALL]
    assert len(set(sentences)) == len(sentences)
    assert all("%(num)s" in sentence for sentence in sentences)
    named = {value for value in vars(retention).values() if isinstance(value, Delay)}
    assert named == set(retention.ALL)
