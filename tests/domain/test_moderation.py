from datetime import UTC, datetime, timedelta

import pytest

from consult.domain import moderation
from consult.domain.errors import RuleBroken


@pytest.mark.parametrize(
    ("state", "decision", "reason", "result"),
    [
        ("pending", "publish", "attack", ("published", "")),
        ("pending", "hide", "attack", ("hidden", "attack")),
        ("pending", "correct", "duplicate", ("to_correct", "duplicate")),
        ("published", "hide", "private", ("hidden", "private")),
        ("hidden", "publish", "", ("published", "")),
        ("to_correct", "publish", "", ("published", "")),
    ],
)
def test_a_decision_leads_to_a_state(state, decision, reason, result):
    assert moderation.decide(state, decision, reason) == result


@pytest.mark.parametrize(
    ("state", "decision", "reason", "code", "status"),
    [
        ("published", "publish", "", "decision-done", 409),
        ("withdrawn", "publish", "", "decision-done", 409),
        ("awaiting", "publish", "", "decision-done", 409),
        ("pending", "delete", "", "moderation-unknown", 422),
        ("pending", "hide", "", "reason-missing", 422),
        ("pending", "hide", "because", "reason-missing", 422),
        ("pending", "hide", "off_topic", "reason-not-for-hiding", 422),
        ("published", "hide", "duplicate", "reason-not-for-hiding", 422),
    ],
)
def test_what_may_not_be_decided_is_refused(state, decision, reason, code, status):
    with pytest.raises(RuleBroken) as refused:
        moderation.decide(state, decision, reason)
    assert (refused.value.code, refused.value.status) == (code, status)


def test_every_reason_is_offered_for_a_correction():
    for reason in moderation.REASONS:
        assert moderation.decide("pending", "correct", reason) == ("to_correct", reason)


def test_every_reason_has_its_rule_and_hiding_keeps_to_its_own():
    assert set(moderation.GROUNDS) == set(moderation.REASONS)
    assert moderation.reasons_for("correct") == list(moderation.REASONS)
    assert len(moderation.REASONS) <= 6
    for reason in moderation.reasons_for("hide"):
        assert moderation.decide("pending", "hide", reason) == ("hidden", reason)


NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "undone_at", "code"),
    [(0, None, None), (10, None, None), (11, None, "undo-late"), (1, NOW, "undo-done")],
)
def test_a_decision_is_undone_for_ten_minutes(minutes, undone_at, code):
    later = NOW + timedelta(minutes=minutes)
    if code is None:
        moderation.may_undo(NOW, undone_at, later)
        return
    with pytest.raises(RuleBroken) as refused:
        moderation.may_undo(NOW, undone_at, later)
    assert (refused.value.code, refused.value.status) == (code, 409)


@pytest.mark.parametrize(
    ("raw", "hours"),
    [("48", 48), (" 24 ", 24), ("0", 48), ("", 48), ("abc", 48), ("9999", 48), ("1440", 1440),
     ("-1", 48), ("٣", 48), (None, 48), ("1e3", 48)],
)  # fmt: skip
def test_the_delay_is_a_number_of_hours(raw, hours):
    assert moderation.hours(raw) == hours


@pytest.mark.parametrize(
    ("hours", "left"),
    [
        (48, ("days", 2)),
        (47.5, ("hours", 48)),
        (1, ("hours", 2)),
        (0.5, ("hours", 1)),
        (0, ("hours", 1)),
        (-0.5, ("late-hours", 1)),
        (-3.5, ("late-hours", 4)),
        (-49, ("late-days", 2)),
    ],
)
def test_what_is_left_is_said_in_whole_hours_or_days(hours, left):
    due = moderation.due_at(NOW, 48)
    assert moderation.left(due, due - timedelta(hours=hours)) == left
