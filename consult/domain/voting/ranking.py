"""Ranked options, counted by Schulze's method: the strongest chain of duels wins.

M. Schulze 2011 (doi 10.1007/s00355-010-0475-4), strength by winning votes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..errors import RuleBroken
from ..kinds import N_
from . import _order, _paper
from ._paper import Paper

LABEL = N_("Ranking")
MOST_OPTIONS = 200
Groups = tuple[tuple[int, ...], ...]


def paper(raw: Mapping[str, Any]) -> Paper:
    """Return a paper of options whose duels have different names."""
    found = _paper.plain(raw, MOST_OPTIONS)
    names = [f"{one}>{other}" for one in found.options for other in found.options]
    if len(set(names)) < len(names):
        raise RuleBroken("paper-duels")
    return found


def filed(raw: object) -> tuple[int, object]:
    """Return how many voters made this order, one unless it is said, and the order."""
    if isinstance(raw, list):
        return 1, raw
    if not isinstance(raw, Mapping) or "order" not in raw or not raw.keys() <= {"count", "order"}:
        raise RuleBroken("ballot-unreadable")
    refusal = RuleBroken("count-out", max=_paper.MOST_VOTERS)
    return _paper.whole(raw.get("count", 1), 1, _paper.MOST_VOTERS, refusal), raw["order"]


def read(raw: object, paper: Paper) -> Groups:
    """Return groups of equal options, the preferred first; those left out are the last group."""
    if not isinstance(raw, list) or [] in raw:
        raise RuleBroken("ballot-unreadable")
    groups = [
        sorted(_paper.place(option, paper) for option in (one if isinstance(one, list) else [one]))
        for one in raw
    ]
    seen = {place for group in groups for place in group}
    count = sum(map(len, groups))
    if len(seen) < count:
        raise RuleBroken("option-twice")
    _paper.within(count, paper)
    if count < len(paper.options):
        groups.append([place for place in range(len(paper.options)) if place not in seen])
    return tuple(map(tuple, groups))


def tally(choices: Iterable[Groups], paper: Paper) -> dict[str, Any]:
    """Return the rank of each option, their order, and who prefers which in each duel."""
    duels = _duels(Counter(choices), len(paper.options))
    strongest = _strongest(duels)
    everyone = range(len(duels))
    beaten = [sum(strongest[j][i] > strongest[i][j] for j in everyone) for i in everyone]
    ranked = [1 + count for count in beaten]
    pairs = [(i, j) for i in everyone for j in everyone if i != j]
    names = paper.options
    return {
        "ranks": paper.by_option(ranked),
        "order": _order.order(ranked, paper),
        "pairwise": {f"{names[i]}>{names[j]}": duels[i][j] for i, j in pairs},
    }


def _duels(choices: Counter[Groups], size: int) -> list[list[int]]:
    """Return how many prefer each option to each other.

    Against all others at once: the counts of an option lie side by side in one long number, wide
    enough for every voter, so that a ballot adds to them all in one sum.
    """
    width = sum(choices.values()).bit_length()
    held = [0] * size
    for groups, voters in choices.items():
        below = 0
        for group in reversed(groups):
            here = 0
            for place in group:
                held[place] += below
                here += voters << (width * place)
            below += here
    most = (1 << width) - 1
    return [[number >> (width * place) & most for place in range(size)] for number in held]


def _strongest(duels: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the strength of the strongest path between any two, by Floyd and Warshall."""
    everyone = range(len(duels))
    paths = [[duels[i][j] if duels[i][j] > duels[j][i] else 0 for j in everyone] for i in everyone]
    for through, onward in enumerate(paths):
        for path in paths:
            reach = path[through]
            if reach:
                path[:] = [
                    max(now, min(reach, more)) for now, more in zip(path, onward, strict=True)
                ]
    return paths
