"""When a second reading may be asked, and what it must say."""

from datetime import timedelta

import pytest

from consult.domain import second_readings as rules
from consult.domain.errors import RuleBroken


@pytest.mark.parametrize("state", ["hidden", "to_correct"])
def test_a_decision_is_contested_within_six_months(now, state):
    rules.may_ask(state, now, now)
    rules.may_ask(state, now - rules.ASK_WITHIN, now)
    with pytest.raises(RuleBroken, match="second-reading-late") as late:
        rules.may_ask(state, now - rules.ASK_WITHIN - timedelta(seconds=1), now)
    assert late.value.status == 409


@pytest.mark.parametrize("state", ["published", "pending", "withdrawn", "awaiting"])
def test_what_is_not_hidden_is_not_contested(now, state):
    with pytest.raises(RuleBroken, match="second-reading-nothing"):
        rules.may_ask(state, now, now)


def test_the_words_of_the_author_are_few_and_optional():
    assert rules.words(None) == ""
    assert rules.words(" Non. ") == "Non."
    with pytest.raises(RuleBroken, match="text-too-long"):
        rules.words("a" * 501)
    with pytest.raises(RuleBroken, match="text-unreadable"):
        rules.words("\x00")


def test_a_verdict_has_a_reason():
    assert rules.verdict("confirmed", " Oui. ") == ("confirmed", "Oui.")
    assert rules.verdict("overturned", "Non.") == ("overturned", "Non.")
    for outcome in ("", "ended", None, ["confirmed"]):
        with pytest.raises(RuleBroken, match="verdict-missing"):
            rules.verdict(outcome, "x")
    for reason in ("", " ", None):
        with pytest.raises(RuleBroken, match="verdict-reason-missing"):
            rules.verdict("confirmed", reason)
