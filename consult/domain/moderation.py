"""What may be decided about a text before or after it is public, and for which reasons."""

from .errors import RuleBroken
from .kinds import N_

PUBLISH, HIDE, CORRECT = "publish", "hide", "correct"
STATES = {PUBLISH: "published", HIDE: "hidden", CORRECT: "to_correct"}
DECISIONS: dict[str, frozenset[str]] = {
    "pending": frozenset({PUBLISH, HIDE, CORRECT}),
    "published": frozenset({HIDE}),
    "hidden": frozenset({PUBLISH}),
    "to_correct": frozenset({PUBLISH, HIDE}),
}
REASONS = {
    "private": N_("Gives private information"),
    "attack": N_("Attacks a person"),
    "unlawful": N_("Words that the law forbids"),
    "advertising": N_("Advertising"),
    "off_topic": N_("Off topic"),
    "duplicate": N_("Duplicate"),
}
KEPT_VISIBLE = frozenset({"off_topic", "duplicate"})


def decide(state: str, decision: str, reason: str) -> tuple[str, str]:
    """Return the state a decision leads to and the reason to keep.

    Raises moderation-unknown, decision-done (409) when the state no longer allows it,
    reason-missing, and reason-not-for-hiding: a text off topic is moved and a duplicate is left,
    neither is hidden.
    """
    if decision not in STATES:
        raise RuleBroken("moderation-unknown")
    if decision not in DECISIONS.get(state, frozenset()):
        raise RuleBroken("decision-done", 409)
    if decision == PUBLISH:
        return STATES[decision], ""
    if reason not in REASONS:
        raise RuleBroken("reason-missing")
    if decision == HIDE and reason in KEPT_VISIBLE:
        raise RuleBroken("reason-not-for-hiding")
    return STATES[decision], reason
