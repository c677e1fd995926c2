"""The methods that count how many ballots name each option."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from ._paper import Paper


def tally(choices: Iterable[tuple[int, ...]], paper: Paper) -> dict[str, Any]:
    """Return how many ballots name each option."""
    counts = [0] * len(paper.options)
    for choice, voters in Counter(choices).items():
        for place in choice:
            counts[place] += voters
    return {"counts": paper.by_option(counts)}
