"""The ballots that people fill in, one module each: the method behind, the form, what is shown.

How a method counts is for `domain.voting`; here is how its ballot is asked for and told.
"""

import sys
from collections.abc import Mapping, Sequence
from typing import Any, Protocol, cast

from ..errors import RuleBroken
from ..kinds import discover

Fields = Mapping[str, Sequence[str]]
__all__ = ["KINDS", "BallotKind", "Fields", "kind"]


class BallotKind(Protocol):
    """What a module of this package provides."""

    LABEL: str
    HINT: str
    METHOD: str  # the module of `domain.voting` that counts
    IS_PLAIN: bool  # whether the page shows it first; the others stand under "Advanced"
    HAS_OPTIONS: bool  # whether the facilitator writes the options
    HAS_SHARES: bool  # whether the numbers add up to the votes
    RULES: tuple[str, ...]
    WORDS: Mapping[str, str]  # options and grades that are ours to translate
    UNIT: str  # what the numbers of the result are
    READING: str  # how to read them
    WHY: str  # why what comes first does

    def paper(self, options: Sequence[str]) -> dict[str, Any]:
        """Return what stands on the ballot paper."""

    def from_form(self, fields: Fields, paper: Mapping[str, Any]) -> object:
        """Return the ballot of a form, in the shape of the method, or raise RuleBroken."""

    def said(self, ballot: Any) -> list[tuple[str, str]]:
        """Return what a ballot says, line by line: an option, and what of it, "" for nothing."""

    def rows(self, result: Mapping[str, Any]) -> list[tuple[str, int]]:
        """Return a number for each option, in the order of the paper."""

    def leaders(self, result: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the options that come first, several when they are equal."""

    def scale(self, paper: Mapping[str, Any], votes: int) -> int:
        """Return the number of a full bar."""


KINDS = cast(Mapping[str, BallotKind], discover(sys.modules[__name__]))


def kind(name: object) -> BallotKind:
    """Return the kind of this name, or raise voting-method-unknown."""
    if not isinstance(name, str) or name not in KINDS:
        raise RuleBroken("voting-method-unknown")
    return KINDS[name]
