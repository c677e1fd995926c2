"""What nobody else claims first, then a proportion of what may still be hoped for.

Curiel, Maschler and Tijs 1987; shown for comparison.
"""

from collections.abc import Sequence
from fractions import Fraction

from ..kinds import N_
from . import _cents, _compared
from ._cents import Weights
from ._order import Ties

LABEL = N_("The adjusted proportional rule")
VERSION, PAYABLE, WEIGHTED = _compared.VERSION, _compared.PAYABLE, _compared.WEIGHTED
measure, why = _compared.measure, _compared.why


def exact(envelope: int, claims: Sequence[int], weights: Weights) -> list[Fraction]:
    """Return minimal rights, then the rest in proportion to claims cut at it."""
    total = sum(claims)
    rights = [max(0, envelope - total + claim) for claim in claims]
    left = envelope - sum(rights)
    hoped = [min(claim - right, left) for claim, right in zip(claims, rights, strict=True)]
    at = Fraction(left, sum(hoped) or 1)
    return [right + at * part for right, part in zip(rights, hoped, strict=True)]


def cents(envelope: int, claims: Sequence[int], weights: Weights, ties: Ties) -> list[int]:
    """Return the exact shares cut to the cent, the cents left to the largest parts cut off."""
    return _cents.remainders(envelope, exact(envelope, claims, weights), claims, ties)
