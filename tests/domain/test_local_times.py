from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import local_times
from consult.domain.errors import RuleBroken


def test_an_hour_is_read_in_its_zone():
    assert local_times.read("2027-04-30T23:59", "Pacific/Noumea") == datetime(
        2027, 4, 30, 12, 59, tzinfo=UTC
    )


def test_nothing_typed_is_no_date():
    assert local_times.read("", "Europe/Paris") is None
    assert local_times.write(None, "Europe/Paris") == ""


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2027-03-28T02:30", "hour-missing"),
        ("2026-10-25T02:30", "hour-twice"),
        ("2027-02-30T10:00", "date-unreadable"),
        ("30/04/2027", "date-unreadable"),
        ("0001-01-01T00:00", "date-unreadable"),
        ("9999-12-31T23:59", "date-unreadable"),
        ("٢٠٢٧-04-30T10:00", "date-unreadable"),
        ("2027-04-30T25:00", "date-unreadable"),
        (["2027-04-30T10:00"], "date-unreadable"),
    ],
)
def test_a_date_that_cannot_be_is_refused(typed, code):
    with pytest.raises(RuleBroken) as refused:
        local_times.read(typed, "Europe/Paris")
    assert refused.value.code == code


@pytest.mark.parametrize(
    "name", ["", "Paris", "../../etc/passwd", "Europe/Nowhere", None, "Mars/X"]
)
def test_an_unknown_zone_is_refused(name):
    with pytest.raises(RuleBroken, match="zone-unknown"):
        local_times.zone(name)


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1)),
    st.sampled_from(["Europe/Paris", "Pacific/Noumea", "Pacific/Marquesas", "America/Miquelon"]),
)
def test_what_is_written_reads_back(moment, name):
    at = moment.replace(second=0, microsecond=0, tzinfo=UTC)
    local = at.astimezone(ZoneInfo(name)).replace(tzinfo=None)
    if (
        local.replace(tzinfo=ZoneInfo(name)).utcoffset()
        != local.replace(tzinfo=ZoneInfo(name), fold=1).utcoffset()
    ):
        return
    assert local_times.read(local_times.write(at, name), name) - at == timedelta()
