"""Where a project stands towards the principles of its call."""

import pytest

from consult.domain import assessments
from consult.domain.assessments import Reading

PRINCIPLES = ("open", "free")


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ({}, "unread"),
        ({"open": Reading("yes")}, "unread"),
        ({"open": Reading("yes"), "free": Reading("yes")}, "respects"),
        ({"open": Reading("yes"), "free": Reading("to_complete")}, "to_complete"),
        ({"free": Reading("to_complete")}, "to_complete"),
        ({"open": Reading("yes"), "free": Reading("no")}, "unread"),
        ({"open": Reading("yes"), "free": Reading("no", "no")}, "refused"),
        ({"open": Reading("yes"), "free": Reading("no", "yes")}, "respects"),
        ({"open": Reading("to_complete"), "free": Reading("no", "to_complete")}, "to_complete"),
        ({"open": Reading("to_complete"), "free": Reading("no", "no")}, "refused"),
        ({"elsewhere": Reading("no", "no")}, "unread"),
    ],
)
def test_a_standing_follows_from_the_readings(readings, expected):
    assert assessments.standing(PRINCIPLES, readings) == expected
    assert expected in assessments.STANDINGS


def test_without_principles_every_project_respects_them():
    assert assessments.standing((), {}) == "respects"
