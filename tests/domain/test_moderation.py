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
