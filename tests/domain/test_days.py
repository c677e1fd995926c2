"""Days as forms send them."""

from datetime import UTC, date, datetime

import pytest

from consult.domain import days
from consult.domain.errors import RuleBroken


def test_a_day_is_read_and_nothing_is_no_day():
    assert days.read("2027-04-30") == days.read(" 2027-04-30 ") == date(2027, 4, 30)
    assert days.read("") is days.read(None) is None


@pytest.mark.parametrize(
    "typed", ["30/04/2027", "2027-02-30", "1850-01-01", "9999-01-01", "２027-01-01", 5, "\x00"]
)
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(RuleBroken, match="day-unreadable"):
        days.read(typed)


def test_a_day_may_be_required():
    with pytest.raises(RuleBroken, match="day-missing"):
        days.read("", required="day-missing")


def test_the_day_depends_on_the_place():
    late = datetime(2026, 12, 1, 20, 0, tzinfo=UTC)
    assert days.today(late, "Pacific/Noumea") == date(2026, 12, 2)
    assert days.today(late, "Europe/Paris") == date(2026, 12, 1)
