"""Closing the access of an account: for which reasons, by which rule, in whose words."""

from . import clean
from .errors import RuleBroken
from .kinds import N_

WORDS_LIMIT = 1_000
REASONS = {
    "attack": N_("Attacks people, again and again"),
    "unlawful": N_("Writes what the law forbids"),
    "advertising": N_("Uses this site to sell"),
    "several": N_("Uses several accounts to count more than once"),
    "taken": N_("Someone else seems to use this account"),
}
GROUNDS = {
    "attack": N_("The rule: one speaks of ideas, and attacks nobody."),
    "unlawful": N_("The law forbids such words, here as everywhere."),
    "advertising": N_("The rule: nothing is sold on this site."),
    "several": N_("The rule: each person counts once."),
    "taken": N_("The rule: an account is used by its owner alone."),
}


def reason(raw: object) -> str:
    """Return why an access is closed, or raise closing-reason-missing."""
    if not isinstance(raw, str) or raw not in REASONS:
        raise RuleBroken("closing-reason-missing")
    return raw


def words(raw: object) -> str:
    """Return what happened, as its owner will read it, or raise closing-words-missing."""
    return clean.text(raw, WORDS_LIMIT, required="closing-words-missing")
