"""Ranks and orders: equal options share a rank, and stand in the order of the paper."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from ._paper import Paper


def ranks(scores: Sequence[Any]) -> list[int]:
    """Return the rank of each score, the greatest first; equals share one: 1, 1, 3."""
    rising = sorted(scores)
    return [1 + len(rising) - bisect_right(rising, score) for score in scores]


def order(ranked: Sequence[int], paper: Paper) -> list[str]:
    """Return the options from the first rank to the last."""
    by_rank = sorted(range(len(ranked)), key=ranked.__getitem__)
    return [paper.options[place] for place in by_rank]
