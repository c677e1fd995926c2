"""Opinions at three levels on each option, ranked by the lower bound of the share of agreement."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from .. import stances
from ..errors import RuleBroken
from ..kinds import N_
from . import _order, _paper
from ._paper import Paper

LABEL = N_("Agree, mixed or disagree")
paper, filed = _paper.plain, _paper.one


def read(raw: object, paper: Paper) -> tuple[int | None, ...]:
    """Return the opinion on each option as a place of STANCES, None where there is none."""
    opinions: list[int | None] = [None] * len(paper.options)
    for place, value in _paper.entries(raw, paper):
        word = stances.read(value)
        if word is None:
            raise RuleBroken("stance-unknown")
        opinions[place] = stances.STANCES.index(word)
    return tuple(opinions)


def tally(choices: Iterable[tuple[int | None, ...]], paper: Paper) -> dict[str, Any]:
    """Return the score of each option, and their order."""
    counts = [[0] * len(stances.STANCES) for _ in paper.options]
    for choice, voters in Counter(choices).items():
        for place, stance in enumerate(choice):
            if stance is not None:
                counts[place][stance] += voters
    return _result(counts, paper)


def tally_counts(raw: object, paper: Paper) -> dict[str, Any]:
    """Return the result of how many agree, are mixed and disagree on each option."""
    return _result(_paper.rows(raw, paper, len(stances.STANCES)), paper)


def _result(counts: Sequence[Sequence[int]], paper: Paper) -> dict[str, Any]:
    scores = [stances.wilson(*row) for row in counts]
    order = _order.order(_order.ranks(scores), paper)
    return {"wilson": paper.by_option(scores), "order": order}
