"""The voting methods, one module each: what a ballot may hold, and how ballots are counted.

Counts are whole numbers and means are fractions; only the score of opinions is a decimal. A result
hangs on the ballots alone, never on their order, and options that come out equal stay equal.
"""

import sys
from collections.abc import Hashable, Iterable, Mapping
from typing import Any, Protocol, cast

from ..errors import RuleBroken
from ..kinds import discover
from ._paper import Paper

__all__ = ["METHODS", "CountedMethod", "Paper", "VotingMethod", "counted", "kind"]


class VotingMethod(Protocol):
    """What a module of this package provides."""

    LABEL: str

    def paper(self, raw: Mapping[str, Any]) -> Paper:
        """Return what stands on the ballot paper, or raise RuleBroken."""

    def filed(self, raw: object) -> tuple[int, object]:
        """Return how many voters an entry of a file stands for, and their ballot."""

    def read(self, raw: object, paper: Paper) -> Hashable:
        """Return the choice of a ballot, or raise RuleBroken where it is not on the paper."""

    def tally(self, choices: Iterable[Any], paper: Paper) -> dict[str, Any]:
        """Count choices as `read` returns them, or a mapping of each to how many made it."""


class CountedMethod(VotingMethod, Protocol):
    """A method that also takes ballots already counted."""

    def tally_counts(self, raw: object, paper: Paper) -> dict[str, Any]:
        """Return the result of one row of counts for each option."""


METHODS = cast(Mapping[str, VotingMethod], discover(sys.modules[__name__]))


def kind(name: str) -> VotingMethod:
    """Return the method of this name, or raise voting-method-unknown."""
    if name not in METHODS:
        raise RuleBroken("voting-method-unknown")
    return METHODS[name]


def counted(name: str) -> CountedMethod | None:
    """Return the method of this name where it takes ballots already counted."""
    method = kind(name)
    return cast(CountedMethod, method) if hasattr(method, "tally_counts") else None
