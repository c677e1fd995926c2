"""What the rules shown for comparison have in common: no weights, and awards nobody is paid by."""

from collections.abc import Sequence
from fractions import Fraction

from ._cents import Weights

VERSION = "1"
PAYABLE = False
WEIGHTED = False


def measure(_envelope: int, _claims: Sequence[int], _weights: Weights) -> Fraction:
    """Return nothing of use: no single number explains such a rule."""
    return Fraction(0)


def why(
    _measure: Fraction, _claim: int, _weight: Fraction, _award: int
) -> tuple[list[str], Fraction]:
    """Return the one reason there is."""
    return ["comparison"], Fraction(0)
