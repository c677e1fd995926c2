"""Points to each option on a scale; an option that a ballot leaves out receives none from it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from ..errors import RuleBroken
from ..kinds import N_
from . import _paper
from ._paper import Paper

LABEL = N_("Points")
MOST_POINTS = 10**9
filed = _paper.one


def paper(raw: Mapping[str, Any]) -> Paper:
    """Return a paper with its scale, the least and the most points of an option."""
    refusal = RuleBroken("paper-wrong", field="scale")
    scale = raw.get("scale")
    if not isinstance(scale, list) or len(scale) != 2:
        raise refusal
    low = _paper.whole(scale[0], -MOST_POINTS, MOST_POINTS - 1, refusal)
    high = _paper.whole(scale[1], low + 1, MOST_POINTS, refusal)
    return replace(_paper.plain(raw), scale=(low, high))


def read(raw: object, paper: Paper) -> tuple[int | None, ...]:
    """Return the points of each option, None where the ballot gives none."""
    low, high = paper.scale
    points: list[int | None] = [None] * len(paper.options)
    for place, value in _paper.entries(raw, paper):
        points[place] = _paper.whole(value, low, high, RuleBroken("scale-out", min=low, max=high))
    return tuple(points)


def tally(choices: Iterable[tuple[int | None, ...]], paper: Paper) -> dict[str, Any]:
    """Return the sum of the points of each option, and its mean among those who gave any."""
    sums, given = [0] * len(paper.options), [0] * len(paper.options)
    for choice, voters in Counter(choices).items():
        for place, points in enumerate(choice):
            if points is not None:
                sums[place] += points * voters
                given[place] += voters
    means = [Fraction(s, n) if n else None for s, n in zip(sums, given, strict=True)]
    return {"sums": paper.by_option(sums), "means": paper.by_option(means)}
