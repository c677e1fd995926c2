"""Equal awards of half the requests, twice.

Piniles 1861; shown for comparison.
"""

from collections.abc import Sequence
from fractions import Fraction

from ..kinds import N_
from . import _cents, _compared, _water
from ._cents import Weights
from ._order import Ties

LABEL = N_("The rule of Piniles")
VERSION, PAYABLE, WEIGHTED = _compared.VERSION, _compared.PAYABLE, _compared.WEIGHTED
measure, why = _compared.measure, _compared.why


def exact(envelope: int, claims: Sequence[int], weights: Weights) -> list[Fraction]:
    """Return equal awards of half the claims, then equal awards of the other half."""
    total = sum(claims)
    if 2 * envelope <= total:
        return [part / 2 for part in _water.cut(2 * envelope, claims)]
    more = _water.cut(2 * envelope - total, claims)
    return [(claim + part) / 2 for claim, part in zip(claims, more, strict=True)]


def cents(envelope: int, claims: Sequence[int], weights: Weights, ties: Ties) -> list[int]:
    """Return the exact shares cut to the cent, the cents left to the largest parts cut off."""
    return _cents.remainders(envelope, exact(envelope, claims, weights), claims, ties)
