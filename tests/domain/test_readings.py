"""What a text became: always one thing, whatever is true of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import readings
from consult.domain.errors import RuleBroken


@given(
    st.sampled_from(readings.COUNTED),
    st.booleans(),
    st.booleans(),
    st.sampled_from((None, "read", "set_aside")),
)
def test_a_text_became_one_thing(state, used, grouped, reading):
    assert readings.became(state, used=used, grouped=grouped, reading=reading) in readings.STATES


@pytest.mark.parametrize(
    ("state", "used", "grouped", "reading", "became"),
    [
        ("hidden", True, True, "read", "hidden"),
        ("to_correct", False, False, None, "hidden"),
        ("pending", True, False, "read", "unread"),
        ("published", True, True, "set_aside", "used"),
        ("published", False, True, "set_aside", "grouped"),
        ("published", False, False, "set_aside", "set_aside"),
        ("published", False, False, "read", "read"),
        ("published", False, False, None, "unread"),
    ],
)
def test_the_first_that_is_true_counts(state, used, grouped, reading, became):
    assert readings.became(state, used=used, grouped=grouped, reading=reading) == became


def test_setting_aside_needs_a_reason_and_nothing_else_has_one():
    assert readings.mark("set_aside", "unclear") == ("set_aside", "unclear")
    assert readings.mark("read", "unclear") == ("read", "")
    assert readings.mark("unread", "") == ("unread", "")
    with pytest.raises(RuleBroken, match="set-aside-reason"):
        readings.mark("set_aside", "")
    with pytest.raises(RuleBroken, match="reading-unknown"):
        readings.mark("used", "")


def test_every_state_and_reason_has_its_words():
    assert tuple(readings.LABELS) == readings.STATES
    assert len(readings.REASONS) < 10
