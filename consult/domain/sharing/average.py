"""Half of the equal awards and half of the equal losses.

The mean of the two constrained rules; shown for comparison.
"""

from collections.abc import Sequence
from fractions import Fraction

from ..kinds import N_
from . import _cents, _compared, equal_awards, equal_losses
from ._cents import Weights
from ._order import Ties

LABEL = N_("The average of equal awards and equal losses")
VERSION, PAYABLE, WEIGHTED = _compared.VERSION, _compared.PAYABLE, _compared.WEIGHTED
measure, why = _compared.measure, _compared.why


def exact(envelope: int, claims: Sequence[int], weights: Weights) -> list[Fraction]:
    """Return the mean of both rules."""
    same = equal_awards.exact(envelope, claims, ())
    lost = equal_losses.exact(envelope, claims, ())
    return [(one + other) / 2 for one, other in zip(same, lost, strict=True)]


def cents(envelope: int, claims: Sequence[int], weights: Weights, ties: Ties) -> list[int]:
    """Return the exact shares cut to the cent, the cents left to the largest parts cut off."""
    return _cents.remainders(envelope, exact(envelope, claims, weights), claims, ties)
