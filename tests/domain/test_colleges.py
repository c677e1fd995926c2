"""Colleges, and who is missing."""

import pytest

from consult.domain import colleges, signatures
from consult.domain.errors import RuleBroken


def test_the_colleges_are_the_kinds_of_people_who_sign_and_one_more():
    assert [*signatures.ACTOR_KINDS, "other"] == list(colleges.LABELS)


def test_a_college_is_one_of_the_list_or_not_said():
    assert [colleges.read(raw) for raw in ("state", "", None)] == ["state", None, None]
    for raw in ("elected", 3, ["state"]):
        with pytest.raises(RuleBroken, match="college-unknown"):
            colleges.read(raw)


def test_a_room_wants_a_number_of_people():
    assert [colleges.wanted(raw) for raw in ("", None, "0", 4, " 99 ")] == [0, 0, 0, 4, 99]
    for raw in ("100", "-1", "x", "٣", "1.5", "9" * 30, "99999"):
        with pytest.raises(RuleBroken, match="college-number"):
            colleges.wanted(raw)


def test_what_is_held_or_wanted_is_told_in_order_with_what_is_missing():
    parts = colleges.parts({"company": 2, "resident": 1}, {"resident": 3, "state": 1})
    assert [(one.college, one.missing) for one in parts] == [
        ("resident", 2),
        ("state", 1),
        ("company", 0),
    ]
