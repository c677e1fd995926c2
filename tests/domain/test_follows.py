from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import follows
from consult.domain.errors import RuleBroken

ZONES = ["Europe/Paris", "Pacific/Noumea", "America/Cayenne", "Pacific/Tahiti", "Indian/Reunion"]
instants = st.datetimes(
    datetime(2025, 1, 1), datetime(2035, 1, 1), timezones=st.just(ZoneInfo("UTC"))
)


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@given(instants, st.sampled_from(ZONES))
def test_the_next_letter_leaves_on_a_tuesday_at_eight_by_the_clocks_of_the_place(after, zone):
    due = follows.next_digest(after, zone)
    local = due.astimezone(ZoneInfo(zone))
    assert (local.weekday(), local.hour, local.minute, local.second) == (1, 8, 0, 0)
    assert timedelta() < due - after <= timedelta(days=7, hours=1)


@given(instants, st.sampled_from(ZONES))
def test_two_letters_that_follow_are_of_two_weeks(after, zone):
    first = follows.next_digest(after, zone)
    second = follows.next_digest(first, zone)
    assert follows.week(first, zone) != follows.week(second, zone)
    assert timedelta(days=6, hours=23) <= second - first <= timedelta(days=7, hours=1)
    assert follows.week(first - follows.IN_FLIGHT, zone) == follows.week(first, zone)


def test_eight_stays_eight_when_the_clocks_change():
    before = follows.next_digest(utc(2027, 3, 22, 9), "Europe/Paris")
    after = follows.next_digest(utc(2027, 3, 29, 9), "Europe/Paris")
    assert (before, after) == (utc(2027, 3, 23, 7), utc(2027, 3, 30, 6))
    assert follows.next_digest(utc(2027, 3, 22, 9), "Pacific/Noumea") == utc(2027, 3, 22, 21)
    assert follows.week(utc(2026, 12, 29, 7), "Europe/Paris") == "2026-W53"


def test_a_letter_a_day_late_joins_the_next_one():
    due = utc(2027, 3, 23, 7)
    assert not follows.is_missed(due, due + timedelta(hours=23))
    assert follows.is_missed(due, due + timedelta(hours=24))


@pytest.mark.parametrize("name", ["consultation:01abc", "territory:R-44", "matter:_-9"])
def test_a_subject_is_a_kind_and_a_key(name):
    assert ":".join(follows.read(name)) == name


@pytest.mark.parametrize(
    "name", ["", None, 7, "question", "question:", ":x", "a:b:c", "Q:1", "a:\x00", "a:" + "b" * 99]
)
def test_what_is_not_a_subject_is_as_good_as_missing(name):
    with pytest.raises(RuleBroken) as refusal:
        follows.read(name)
    assert (refusal.value.code, refusal.value.status) == ("follow-unknown", 404)


def test_there_are_three_choices_of_letters():
    assert [follows.letters(one) for one in follows.LETTERS] == ["at_once", "weekly", "none"]
    for one in ("", "daily", None, ["weekly"]):
        with pytest.raises(RuleBroken, match="letters-unknown"):
            follows.letters(one)


def piece(at, text="x"):
    return follows.Piece("New answer", at, "", text, "http://localhost/answers/1")


def group(name, *pieces, left=0):
    return follows.Group("Question", name, "http://localhost/q", pieces, left)


def test_the_newest_group_comes_first():
    old, new = piece(utc(2027, 1, 1)), piece(utc(2027, 1, 2))
    found, dropped = follows.fit([group("a", old), group("b", new, old)])
    assert dropped == 0
    assert [one.title for one in found] == ["b", "a"]
    assert [one.left for one in found] == [0, 0]


@given(
    st.lists(
        st.lists(st.text(max_size=300), min_size=1, max_size=9).map(
            lambda texts: group("titre", *(piece(utc(2027, 1, 1), text) for text in texts))
        ),
        max_size=60,
    ),
    st.integers(0, 20_000),
)
def test_a_letter_never_holds_more_than_its_bytes(groups, most):
    found, dropped = follows.fit(groups, most)
    assert len(found) + dropped == len(groups)
    assert sum(one.size + sum(p.size for p in one.pieces) for one in found) <= most
    assert all(one.pieces for one in found)
    for one in found:
        assert len(one.pieces) + one.left in {len(each.pieces) for each in groups}


def test_each_group_tells_its_newest_before_any_tells_a_second_one():
    one = piece(utc(2027, 1, 1), "y" * 100)
    room = 3 * group("a").size + 4 * one.size
    found, dropped = follows.fit([group(name, one, one) for name in "abc"], room)
    assert [(len(each.pieces), each.left) for each in found] == [(2, 0), (1, 1), (1, 1)]
    little = 2 * (group("a").size + one.size) + 1
    found, dropped = follows.fit([group(name, one, one) for name in "abc"], little)
    assert (len(found), dropped) == (2, 1)
    assert follows.fit([]) == ([], 0)
