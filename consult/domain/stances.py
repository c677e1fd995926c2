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


def interval(agree: int, mixed: int, disagree: int) -> tuple[float, float]:
    """Return the bounds, at 95 %, of the share of "agree" among all opinions; 0 and 1 for none.

    E. B. Wilson (1927), "Probable inference, the law of succession, and statistical inference".
    """
    total = agree + mixed + disagree
    if total == 0:
        return 0.0, 1.0
    share = agree / total
    middle = share + _Z * _Z / (2 * total)
    spread = _Z * sqrt((share * (1 - share) + _Z * _Z / (4 * total)) / total)
    whole = 1 + _Z * _Z / total
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def wilson(agree: int, mixed: int, disagree: int) -> float:
    """Return the lower bound, at 95 %, of the share of "agree" among all opinions; 0 for none.

    E. Miller, How Not To Sort By Average Rating (2009): few opinions give a low bound, so that one
    happy voice does not come before a thousand.
    """
    return interval(agree, mixed, disagree)[0] if agree else 0.0
