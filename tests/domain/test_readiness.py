from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from consult.domain import readiness

NOW = datetime(2026, 11, 23, tzinfo=UTC)
READY = readiness.State(
    title="Le bus",
    asked_by="La ville",
    purpose="Choisir le tracé.",
    will_decide="",
    opens_at=NOW,
    closes_at=NOW + timedelta(days=10),
    theme_contents=(1, 3),
    listed=None,
    contact=False,
)


def test_a_whole_consultation_is_ready_even_without_what_is_only_advised():
    assert readiness.missing(READY, NOW) == []
    assert [point.met for point in readiness.points(READY, NOW) if not point.required] == [
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"purpose": ""}, ["edit"]),
        ({"opens_at": None}, ["dates"]),
        ({"closes_at": NOW}, ["dates"]),
        ({"theme_contents": ()}, ["themes", "themes"]),
        ({"theme_contents": (2, 0)}, ["themes"]),
        ({"listed": 0}, ["access"]),
    ],
)
def test_each_gap_is_named(change, where):
    found = readiness.missing(replace(READY, **change), NOW)
    assert [point.where for point in found] == where


def test_what_does_not_concern_it_is_not_listed():
    def sentences(**change):
        return [point.sentence for point in readiness.points(replace(READY, **change), NOW)]

    assert "A closing date still to come" in sentences()
    assert "A closing date still to come" not in sentences(closes_at=None)
    assert "People on the list" not in sentences()
    assert "People on the list" in sentences(listed=3)
