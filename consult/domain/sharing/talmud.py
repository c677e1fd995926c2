"""Equal awards of half the requests, then equal losses of the other half.

Aumann and Maschler 1985, after the Mishnah (Ketubot 93a); shown for comparison.
"""

from collections.abc import Sequence
from fractions import Fraction

from ..kinds import N_
from . import _cents, _compared, _water
from ._cents import Weights
from ._order import Ties

LABEL = N_("The rule of the Talmud")
VERSION, PAYABLE, WEIGHTED = _compared.VERSION, _compared.PAYABLE, _compared.WEIGHTED
measure, why = _compared.measure, _compared.why


def exact(envelope: int, claims: Sequence[int], weights: Weights) -> list[Fraction]:
    """Return the level on half the claims up to half their sum, its mirror above."""
    total = sum(claims)
    if 2 * envelope <= total:
        return [part / 2 for part in _water.cut(2 * envelope, claims)]
    lost = _water.cut(2 * (total - envelope), claims)
    return [claim - loss / 2 for claim, loss in zip(claims, lost, strict=True)]


def cents(envelope: int, claims: Sequence[int], weights: Weights, ties: Ties) -> list[int]:
    """Return the exact shares cut to the cent, the cents left to the largest parts cut off."""
    return _cents.remainders(envelope, exact(envelope, claims, weights), claims, ties)
