"""Where a call stands at an instant."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from consult.domain import open_calls
from consult.domain.errors import RuleBroken

NOW = datetime(2026, 5, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def call(opens=-DAY, closes=DAY, published=-DAY, cancelled=None):
    at = {
        "published_at": published,
        "opens_at": opens,
        "closes_at": closes,
        "cancelled_at": cancelled,
    }
    return SimpleNamespace(**{k: None if v is None else NOW + v for k, v in at.items()})


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"published": None}, "draft"),
        ({"opens": None}, "draft"),
        ({"closes": None}, "draft"),
        ({"opens": DAY, "closes": 2 * DAY}, "coming"),
        ({"opens": timedelta()}, "open"),
        ({}, "open"),
        ({"closes": timedelta()}, "closed"),
        ({"cancelled": timedelta()}, "cancelled"),
        ({"published": None, "cancelled": -DAY}, "cancelled"),
    ],
)
def test_the_phase_follows_from_the_dates(facts, expected):
    assert open_calls.phase(call(**facts), NOW) == expected
    assert expected in open_calls.LABELS


def test_what_the_phase_does_not_allow_is_refused_with_its_name():
    open_calls.require(call(), frozenset({"open"}), NOW)
    with pytest.raises(RuleBroken) as refused:
        open_calls.require(call(closes=timedelta()), frozenset({"open"}), NOW)
    assert (refused.value.code, refused.value.status) == ("call-closed", 409)
