"""Equal awards of half the requests, then the most equal awards from that half to the whole.

Chun, Schummer and Thomson 2001; shown for comparison.
"""

from collections.abc import Sequence
from fractions import Fraction

from ..kinds import N_
from . import _cents, _compared, _water
from ._cents import Weights
from ._order import Ties

LABEL = N_("The constrained egalitarian rule")
VERSION, PAYABLE, WEIGHTED = _compared.VERSION, _compared.PAYABLE, _compared.WEIGHTED
measure, why = _compared.measure, _compared.why


def exact(envelope: int, claims: Sequence[int], weights: Weights) -> list[Fraction]:
    """Return equal awards of half the claims, then one level between half and whole claims."""
    if 2 * envelope <= sum(claims):
        return [part / 2 for part in _water.cut(2 * envelope, claims)]
    top = _level(2 * envelope, claims)
    return [max(Fraction(claim), min(Fraction(2 * claim), top)) / 2 for claim in claims]


def _level(twice: int, claims: Sequence[int]) -> Fraction:
    """Return the level at which all is paid, in half cents, for an envelope above half of it."""
    steps = sorted([(claim, 1) for claim in claims] + [(2 * claim, -1) for claim in claims])
    paid, rising, at, place = sum(claims), 0, 0, 0
    while paid + rising * (steps[place][0] - at) < twice:
        step, change = steps[place]
        paid += rising * (step - at)
        rising += change
        at = step
        place += 1
    return at + Fraction(twice - paid, rising)


def cents(envelope: int, claims: Sequence[int], weights: Weights, ties: Ties) -> list[int]:
    """Return the exact shares cut to the cent, the cents left to the largest parts cut off."""
    return _cents.remainders(envelope, exact(envelope, claims, weights), claims, ties)
