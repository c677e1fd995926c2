"""Equal losses on half the requests, then equal awards of the other half.

Chun, Schummer and Thomson 2001; shown for comparison.
"""

from collections.abc import Sequence
from fractions import Fraction

from ..kinds import N_
from . import _cents, _compared, _water, equal_losses
from ._cents import Weights
from ._order import Ties

LABEL = N_("The reverse of the Talmud's rule")
VERSION, PAYABLE, WEIGHTED = _compared.VERSION, _compared.PAYABLE, _compared.WEIGHTED
measure, why = _compared.measure, _compared.why


def exact(envelope: int, claims: Sequence[int], weights: Weights) -> list[Fraction]:
    """Return equal losses on half the claims up to half their sum, equal awards above."""
    total = sum(claims)
    if 2 * envelope <= total:
        return [part / 2 for part in equal_losses.exact(2 * envelope, claims, weights)]
    more = _water.cut(2 * envelope - total, claims)
    return [(claim + part) / 2 for claim, part in zip(claims, more, strict=True)]


def cents(envelope: int, claims: Sequence[int], weights: Weights, ties: Ties) -> list[int]:
    """Return the exact shares cut to the cent, the cents left to the largest parts cut off."""
    return _cents.remainders(envelope, exact(envelope, claims, weights), claims, ties)
