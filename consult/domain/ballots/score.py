"""Points to each answer, from 0 to 10."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..kinds import N_
from . import _form

LABEL = N_("Points for each answer")
HINT = N_("Everyone gives each answer from 0 to 10 points.")
METHOD, IS_PLAIN, HAS_OPTIONS = "score", False, True
HAS_SHARES = False
RULES = ("most",)
WORDS: dict[str, str] = {}
UNIT, READING = N_("Points"), N_("The longer the bar, the more points this answer received.")
WHY = N_("Everyone gave points to the answers. We added the points of each.")
SCALE = (0, 10)


def paper(options: Sequence[str]) -> dict[str, Any]:
    """Return a paper with its scale, one answer weighed at least."""
    return {"options": list(options), "scale": list(SCALE), "min": 1}


def from_form(fields: _form.Fields, paper: Mapping[str, Any]) -> object:
    """Return the points of each answer that was given any."""
    return _form.by_option(fields, paper)


def said(ballot: Mapping[str, int]) -> list[tuple[str, str]]:
    """Return each answer with its points."""
    return [(name, str(points)) for name, points in ballot.items()]


def rows(result: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Return the sum of the points of each answer."""
    return list(result["sums"].items())


def leaders(result: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the answers of most points."""
    return _form.most(rows(result))


def scale(paper: Mapping[str, Any], votes: int) -> int:
    """Return the points that everyone together can give an answer."""
    return SCALE[1] * votes
