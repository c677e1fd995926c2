"""The same sum for each, never above the request: min(claim, level), the level being public.

Constrained equal awards, or the uniform rule: the only one that treats equals alike, wastes nothing
and never rewards asking for more or less than one needs (Ching 1994, doi 10.1007/BF00179209).
"""

from collections.abc import Sequence
from fractions import Fraction

from ..kinds import N_
from . import _cents, _water
from ._cents import Weights
from ._order import Ties, ranked

LABEL = N_("The same sum for each, never above the request")
VERSION = "1"
PAYABLE = True
WEIGHTED = True


def exact(envelope: int, claims: Sequence[int], weights: Weights) -> list[Fraction]:
    """Return min(claim, weight x level)."""
    top = measure(envelope, claims, weights)
    if not weights:
        return [min(Fraction(claim), top) for claim in claims]
    return [min(Fraction(c), w * top) for c, w in zip(claims, weights, strict=True)]


def cents(envelope: int, claims: Sequence[int], weights: Weights, ties: Ties) -> list[int]:
    """Return the awards; the cents that no equal share can hold go to the larger claims first."""
    if weights:
        values = _cents.whole(weights)
        at = _cents.rate(envelope, values, claims)
        return _cents.divided(envelope, values, claims, at, ties)
    left, sharers = _water.filled(envelope, claims)
    if not sharers:
        return list(claims)
    top, spare = divmod(left, sharers)
    awards = [claim if claim <= top else top for claim in claims]
    if spare:
        above = [place for place, claim in enumerate(claims) if claim > top]
        for place in ranked(claims, ties, above)[:spare]:
            awards[place] += 1
    return awards


def measure(envelope: int, claims: Sequence[int], weights: Weights) -> Fraction:
    """Return the level, in cents: the equal share of a weight of one."""
    if not weights:
        return _water.level(envelope, claims)
    values = _cents.whole(weights)
    return _cents.rate(envelope, values, claims) * Fraction(values[0]) / weights[0]


def why(top: Fraction, claim: int, weight: Fraction, award: int) -> tuple[list[str], Fraction]:
    """Return the reasons of an award, and the equal share it comes from."""
    share = top * weight
    if award >= claim and claim <= share:
        return ["below_equal_share"], share
    return ["equal_share", *(["rounding_cent"] if award > share else [])], share
