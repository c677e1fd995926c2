"""What may be decided about a text before or after it is public, for which reasons, until when."""

from datetime import datetime, timedelta

from .errors import RuleBroken
from .kinds import N_

PUBLISH, HIDE, CORRECT, KEEP, PASS = "publish", "hide", "correct", "keep", "pass"
STATES = {PUBLISH: "published", HIDE: "hidden", CORRECT: "to_correct", KEEP: "published"}
DECISIONS: dict[str, frozenset[str]] = {
    "pending": frozenset({PUBLISH, HIDE, CORRECT}),
    "published": frozenset({HIDE, KEEP}),  # kept: reported, and it stays
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
KEPT_REASONS = {
    "follows_rules": N_("The text follows the rules of this site"),
    "opinion": N_("It is an opinion, and it attacks nobody"),
    "public_fact": N_("This information was already public"),
}
GROUNDS = {
    "private": N_("The rule: nobody's private life is told on this site."),
    "attack": N_("The rule: one speaks of ideas, and attacks nobody."),
    "unlawful": N_("The law forbids such words, here as everywhere."),
    "advertising": N_("The rule: nothing is sold on this site."),
    "off_topic": N_("The rule: a text answers the question asked."),
    "duplicate": N_("The rule: a text is sent once."),
}
KEPT_VISIBLE = frozenset({"off_topic", "duplicate"})

UNDO_WITHIN = timedelta(minutes=10)
READ_FOR = timedelta(minutes=5)
MOST_AT_ONCE = 100
NOTE_LIMIT = 1_000
DELAY_HOURS = 48
MOST_HOURS = 24 * 60


def decide(state: str, decision: str, reason: str) -> tuple[str, str]:
    """Return the state a decision leads to and the reason to keep.

    Raises moderation-unknown, decision-done (409) when the state no longer allows it,
    reason-missing, kept-reason-missing, and reason-not-for-hiding: a text off topic is moved and
    a duplicate is left, neither is hidden.
    """
    if decision not in STATES:
        raise RuleBroken("moderation-unknown")
    if decision not in DECISIONS.get(state, frozenset()):
        raise RuleBroken("decision-done", 409)
    return STATES[decision], "" if decision == PUBLISH else _reason(decision, reason)


def _reason(decision: str, reason: str) -> str:
    if reason in reasons_for(decision):
        return reason
    if decision == KEEP:
        raise RuleBroken("kept-reason-missing")
    raise RuleBroken("reason-not-for-hiding" if reason in REASONS else "reason-missing")


def reasons_for(decision: str) -> list[str]:
    """Return the reasons that a decision may have, in the order of their digits."""
    if decision == KEEP:
        return list(KEPT_REASONS)
    return [key for key in REASONS if decision != HIDE or key not in KEPT_VISIBLE]


def may_undo(decided_at: datetime, undone_at: datetime | None, now: datetime) -> None:
    """Raise undo-done or undo-late (409) when a decision can no longer be undone."""
    if undone_at is not None:
        raise RuleBroken("undo-done", 409)
    if now - decided_at > UNDO_WITHIN:
        raise RuleBroken("undo-late", 409)


def hours(raw: object) -> int:
    """Return the site's delay in hours, the usual one for anything else than a number of hours."""
    text = str(raw).strip()
    if text.isascii() and text.isdigit() and len(text) <= 4 and 1 <= int(text) <= MOST_HOURS:
        return int(text)
    return DELAY_HOURS


def due_at(sent_at: datetime, delay_hours: int) -> datetime:
    """Return the instant before which a text should be read."""
    return sent_at + timedelta(hours=delay_hours)


def left(due: datetime, now: datetime) -> tuple[str, int]:
    """Return how much is left before an instant, or how late it is, in whole hours or days.

    The first part is "hours", "days", "late-hours" or "late-days". An hour begun counts, a day only
    when it is whole.
    """
    seconds = (due - now).total_seconds()
    prefix, span = ("", seconds) if seconds >= 0 else ("late-", -seconds)
    if span >= 48 * 3_600:
        return f"{prefix}days", int(span // 86_400)
    return f"{prefix}hours", int(span // 3_600) + 1
