"""A second reading: once a decision, by someone else, who confirms or overturns it and says why."""

from datetime import datetime, timedelta

from . import clean
from .errors import RuleBroken
from .kinds import N_

ASK_WITHIN = timedelta(days=183)  # six months: article 20 of the Digital Services Act
DELAY = timedelta(days=7)
WORDS_LIMIT, REASON_LIMIT = 500, 1_000
CONFIRMED, OVERTURNED, ENDED = "confirmed", "overturned", "ended"
VERDICTS = {
    CONFIRMED: N_("The decision stays."),
    OVERTURNED: N_("The decision is changed: the text is public again."),
}
OUTCOMES = {**VERDICTS, ENDED: N_("The text changed in the meantime: there is nothing to decide.")}
CONTESTED = frozenset({"hidden", "to_correct"})


def may_ask(state: str, decided_at: datetime, now: datetime) -> None:
    """Raise second-reading-nothing (409) for a text that is public, or second-reading-late."""
    if state not in CONTESTED:
        raise RuleBroken("second-reading-nothing", 409)
    if now - decided_at > ASK_WITHIN:
        raise RuleBroken("second-reading-late", 409)


def words(raw: object) -> str:
    """Return what the author says of the decision, "" for nothing."""
    return clean.text(raw, WORDS_LIMIT)


def verdict(outcome: object, reason: object) -> tuple[str, str]:
    """Return what is decided and why, or raise verdict-missing or verdict-reason-missing."""
    if not isinstance(outcome, str) or outcome not in VERDICTS:
        raise RuleBroken("verdict-missing")
    return outcome, clean.text(reason, REASON_LIMIT, required="verdict-reason-missing")
