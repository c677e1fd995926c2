"""What a room sets for itself, what it inherits, and what is refused."""

import pytest

from consult.domain import room_settings
from consult.domain.errors import RuleBroken


def test_nothing_typed_inherits_and_the_nearest_room_wins():
    assert room_settings.read("delay_open", " ") is None
    assert room_settings.read("delay_open", None) is None
    assert room_settings.read("delay_open", " 30 ") == 30
    assert room_settings.read("relay_vote", "yes") == 1
    assert room_settings.read("relay_vote", "no") == 0
    found = room_settings.in_force([("delay_open", 20), ("delay_open", 90), ("gone", 3)])
    assert found["delay_open"] == 20 and "gone" not in found
    assert found["delay_review"] == 56


def test_defaults_stand_between_their_bounds():
    assert all(one.least <= one.default <= one.most for one in room_settings.KEYS.values())


@pytest.mark.parametrize(
    ("key", "raw", "code"),
    [
        ("nothing", "1", "setting-unknown"),
        ("relay_vote", "1", "setting-choice-unknown"),
        ("delay_open", "6", "setting-out"),
        ("delay_open", "366", "setting-out"),
        ("delay_open", "-30", "setting-out"),
        ("delay_open", "３０", "setting-out"),
        ("delay_open", "9" * 5000, "setting-out"),
        ("delay_open", 30, "setting-out"),
    ],
)
def test_what_is_out_of_bounds_is_refused(key, raw, code):
    with pytest.raises(RuleBroken, match=code):
        room_settings.read(key, raw)
