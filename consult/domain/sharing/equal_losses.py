"""The same loss for each, never above the request: small requests may receive nothing.

Constrained equal losses; shown for comparison.
"""

from collections.abc import Sequence
from fractions import Fraction

from ..kinds import N_
from . import _compared, _water, equal_awards
from ._cents import Weights
from ._order import Ties

LABEL = N_("The same loss for each")
VERSION, PAYABLE, WEIGHTED = _compared.VERSION, _compared.PAYABLE, _compared.WEIGHTED
measure, why = _compared.measure, _compared.why


def exact(envelope: int, claims: Sequence[int], weights: Weights) -> list[Fraction]:
    """Return max(0, claim - loss)."""
    lost = _water.cut(sum(claims) - envelope, claims)
    return [claim - loss for claim, loss in zip(claims, lost, strict=True)]


def cents(envelope: int, claims: Sequence[int], weights: Weights, ties: Ties) -> list[int]:
    """Return the awards: losses are shared in cents as `equal_awards` shares an envelope."""
    lost = equal_awards.cents(sum(claims) - envelope, claims, (), ties)
    return [claim - loss for claim, loss in zip(claims, lost, strict=True)]
