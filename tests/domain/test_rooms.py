import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import rooms
from consult.domain.errors import RuleBroken

LEVELS = st.sampled_from(rooms.LEVELS)


def test_every_level_has_a_name_and_says_what_it_is_for():
    assert set(rooms.LABELS) == set(rooms.FUNCTIONS) == set(rooms.LEVELS)


@pytest.mark.parametrize("raw", ["local", "hub", "national"])
def test_a_level_is_read(raw):
    assert rooms.level(raw) == raw


@pytest.mark.parametrize("raw", ["", None, "LOCAL", "region", 3, ["hub"]])
def test_what_is_no_level_is_refused(raw):
    with pytest.raises(RuleBroken, match="level-unknown"):
        rooms.level(raw)


@pytest.mark.parametrize("raw", ["facilitator", "member"])
def test_a_role_is_read(raw):
    assert rooms.role(raw) == raw


@pytest.mark.parametrize("raw", ["", None, "administrator", {"a": 1}])
def test_what_is_no_role_is_refused(raw):
    with pytest.raises(RuleBroken, match="role-unknown"):
        rooms.role(raw)


@given(LEVELS, LEVELS)
def test_a_parent_is_of_the_same_level_or_above_or_refused(own, above):
    """A hub below a wider hub, a local room below a wider one: the tree is as deep as wanted."""
    if own != "national" and rooms.rank(above) >= rooms.rank(own):
        rooms.check_parent(own, above)
    else:
        with pytest.raises(RuleBroken, match="parent-not-above"):
            rooms.check_parent(own, above)


@given(LEVELS)
def test_nothing_stands_above_the_national_level_and_a_parent_is_not_needed(level):
    rooms.check_parent(level, None)
    with pytest.raises(RuleBroken, match="parent-not-above"):
        rooms.check_parent("national", level)
