"""The rules by which an envelope is shared, one module each; only the payable ones pay anyone.

Amounts are whole cents, inside a rule exact fractions: never floating point. Everything here is a
function of what it is given.
"""

import sys
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Protocol, cast

from ..errors import RuleBroken
from ..kinds import discover
from ._cents import Weights
from ._order import Ties, tie_key

__all__ = ["RULES", "SharingRule", "kind", "payable", "tie_key"]


class SharingRule(Protocol):
    """What a module of this package provides.

    Each function takes an envelope that the claims reach (0 <= envelope <= their sum). `weights`
    and `ties` are empty where nobody has any.
    """

    LABEL: str
    VERSION: str
    PAYABLE: bool
    WEIGHTED: bool

    def exact(self, envelope: int, claims: Sequence[int], weights: Weights) -> list[Fraction]:
        """Return the exact share of each claim, in cents."""

    def cents(
        self, envelope: int, claims: Sequence[int], weights: Weights, ties: Ties
    ) -> list[int]:
        """Return the award of each claim, in whole cents whose sum is the envelope."""

    def measure(self, envelope: int, claims: Sequence[int], weights: Weights) -> Fraction:
        """Return the one number that explains every award."""

    def why(
        self, measure: Fraction, claim: int, weight: Fraction, award: int
    ) -> tuple[list[str], Fraction]:
        """Return the reasons of an award, and its own share by that number."""


RULES = cast(Mapping[str, SharingRule], discover(sys.modules[__name__]))


def kind(name: str) -> SharingRule:
    """Return the rule of this name, or raise sharing-rule-unknown."""
    if name not in RULES:
        raise RuleBroken("sharing-rule-unknown")
    return RULES[name]


def payable() -> list[str]:
    """Return the names of the rules that a call may pay by."""
    return [name for name, rule in RULES.items() if rule.PAYABLE]
