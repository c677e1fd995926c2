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
