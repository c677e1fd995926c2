"""The same percentage of the request for each, rounded so that nobody loses by the rounding.

Webster's method, or Sainte-Laguë's, on cents: unlike the largest remainders, it never takes a cent
from anyone when the envelope grows or when a project leaves.
"""

from collections.abc import Sequence
from fractions import Fraction

from ..kinds import N_
from . import _cents
from ._cents import Weights
from ._order import Ties

LABEL = N_("The same percentage of the request for each")
VERSION = "1"
PAYABLE = True
WEIGHTED = True
_HALF = Fraction(1, 2)


def exact(envelope: int, claims: Sequence[int], weights: Weights) -> list[Fraction]:
    """Return rate x weight x claim, never above the claim."""
    at = measure(envelope, claims, weights)
    if not weights:
        return [at * claim for claim in claims]
    return [min(Fraction(c), at * w * c) for c, w in zip(claims, weights, strict=True)]


def cents(envelope: int, claims: Sequence[int], weights: Weights, ties: Ties) -> list[int]:
    """Return the awards by Webster's method."""
    if not weights:
        at = measure(envelope, claims, weights)
        return _cents.divided(envelope, claims, claims, at, ties)
    values = _weighted(claims, weights)
    at = _cents.rate(envelope, values, claims)
    return _cents.divided(envelope, values, claims, at, ties)


def measure(envelope: int, claims: Sequence[int], weights: Weights) -> Fraction:
    """Return the share of its request that a project of weight one receives."""
    if not weights:
        return Fraction(envelope, sum(claims) or 1)
    scale = _cents.whole(weights)[0] / weights[0]
    return _cents.rate(envelope, _weighted(claims, weights), claims) * scale


def why(at: Fraction, claim: int, weight: Fraction, award: int) -> tuple[list[str], Fraction]:
    """Return the reasons of an award, and the share of the request it comes from."""
    share = min(Fraction(1), at * weight)
    gap = award - share * claim
    reasons = ["same_percentage"]
    if gap > _HALF:
        reasons.append("rounding_cent")
    elif gap < -_HALF:
        reasons.append("rounding_cent_less")
    return reasons, share


def _weighted(claims: Sequence[int], weights: Weights) -> list[int]:
    whole = _cents.whole(weights)
    return [claim * weight for claim, weight in zip(claims, whole, strict=True)]
