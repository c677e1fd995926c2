from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import phases
from consult.domain.errors import RuleBroken

NOON = datetime(2017, 4, 30, 12, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
days = st.integers(-5, 5).map(lambda day: NOON + timedelta(days=day))
maybe = st.none() | days


def at(day):
    return NOON + timedelta(days=day)


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({}, "preparation"),
        ({"published": True}, "open"),
        ({"published": False, "opens_at": at(-1)}, "preparation"),
        ({"published": True, "opens_at": NOON}, "open"),
        ({"published": True, "opens_at": NOON + INSTANT}, "preparation"),
        ({"published": True, "closes_at": NOON + INSTANT}, "open"),
        ({"published": True, "closes_at": NOON}, "closed"),
        ({"published": True, "closes_at": at(3), "closed_early_at": NOON}, "closed"),
        ({"published": True, "closes_at": at(-1), "synthesis_at": at(1)}, "closed"),
        ({"published": True, "closes_at": at(-1), "synthesis_at": NOON}, "synthesis"),
        ({"published": True, "closes_at": at(-1), "outcome_at": NOON}, "outcome"),
        ({"published": True, "closes_at": at(1), "outcome_at": NOON}, "open"),
    ],
)
def test_the_phase_follows_from_the_dates(dates, expected):
    assert phases.phase(NOON, **dates) == expected


def test_the_phase_of_a_consultation():
    dates = dict.fromkeys(
        ["opens_at", "closes_at", "closed_early_at", "synthesis_at", "outcome_at"]
    )
    assert phases.of(SimpleNamespace(published_at=None, **dates), NOON) == "preparation"
    assert phases.of(SimpleNamespace(published_at=NOON, **dates), NOON) == "open"
    assert phases.of(SimpleNamespace(published_at=at(1), **dates), NOON) == "preparation"


@given(opens=maybe, closes=maybe, early=maybe, synthesis=maybe, outcome=maybe)
def test_time_never_goes_back_to_an_earlier_phase(opens, closes, early, synthesis, outcome):
    places = [
        phases.PHASES.index(
            phases.phase(
                at(day),
                published=True,
                opens_at=opens,
                closes_at=closes,
                closed_early_at=early,
                synthesis_at=synthesis,
                outcome_at=outcome,
            )
        )
        for day in range(-6, 7)
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("action", phases.ALLOWED)
def test_every_action_is_refused_in_some_phase_with_409(action):
    assert any(phases.may(action, phase) for phase in phases.PHASES)
    with pytest.raises(RuleBroken) as broken:
        phases.check(action, "preparation")
    assert (broken.value.code, broken.value.status) == ("not-open-yet", 409)


def test_what_is_written_is_written_before_the_close():
    phases.check("answer", "open")
    for action in ("answer", "draft", "stance", "argue", "amend", "comment", "propose", "correct"):
        for phase in ("closed", "synthesis", "outcome"):
            with pytest.raises(RuleBroken) as broken:
                phases.check(action, phase)
            assert (broken.value.code, broken.value.status) == ("consultation-closed", 409)
    assert phases.may("withdraw", "open")
    assert phases.may("decide", "closed")


@pytest.mark.parametrize(
    ("minutes", "draft", "late"),
    [(0, -1, True), (14, -1, True), (15, -1, False), (1, 0, False), (-1, -2, False)],
)
def test_a_quarter_of_an_hour_for_drafts_begun_before_the_close(minutes, draft, late):
    now, begun = NOON + timedelta(minutes=minutes), NOON + timedelta(minutes=draft)
    assert phases.may_answer_late(now, NOON, begun) is late
    assert not phases.may_answer_late(now, NOON, None)
    assert not phases.may_answer_late(now, None, begun)
