"""Opinions at three levels, and the score that ranks what received them."""

from math import sqrt
from typing import Final

from .errors import RuleBroken
from .kinds import N_

AGREE: Final = "agree"
MIXED: Final = "mixed"
DISAGREE: Final = "disagree"
STANCES = (AGREE, MIXED, DISAGREE)

CODES = {AGREE: 1, MIXED: 0, DISAGREE: -1}
WORDS = {code: word for word, code in CODES.items()}
LABELS = {AGREE: N_("Agree"), MIXED: N_("Mixed"), DISAGREE: N_("Disagree")}

_Z = 1.959963984540054  # the 97.5 % point of the normal law: 95 % on two sides


def read(raw: object) -> str | None:
    """Return the opinion sent, None when it is taken back, or raise stance-unknown."""
    if raw is None or raw == "":
        return None
    if not isinstance(raw, str) or raw not in CODES:
        raise RuleBroken("stance-unknown")
    return raw


def wilson(agree: int, mixed: int, disagree: int) -> float:
    """Return the lower bound, at 95 %, of the share of "agree" among all opinions; 0 for none.

    E. B. Wilson (1927); E. Miller, How Not To Sort By Average Rating (2009). Few opinions give a
    low bound, so that one happy voice does not come before a thousand.
    """
    total = agree + mixed + disagree
    if agree == 0:
        return 0.0
    share = agree / total
    spread = _Z * sqrt((share * (1 - share) + _Z * _Z / (4 * total)) / total)
    return max(0.0, (share + _Z * _Z / (2 * total) - spread) / (1 + _Z * _Z / total))
