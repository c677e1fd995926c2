"""Answers in order of preference, counted by duels."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import RuleBroken
from ..kinds import N_
from . import _form

LABEL = N_("Order of preference")
HINT = N_("Everyone ranks the answers: 1 for the one they prefer.")
METHOD, IS_PLAIN, HAS_OPTIONS = "ranking", False, True
HAS_SHARES = False
RULES = ("most",)
WORDS: dict[str, str] = {}
UNIT, READING = N_("Duels won"), N_("The longer the bar, the more other answers this one beats.")
WHY = N_(
    "Each answer meets each other one: the one that more people prefer wins the duel."
    " The answer that nobody beats comes first."
)


def paper(options: Sequence[str]) -> dict[str, Any]:
    """Return a paper with these options, one ranked at least."""
    return {"options": list(options), "min": 1}


def from_form(fields: _form.Fields, paper: Mapping[str, Any]) -> object:
    """Return groups of equal answers, the preferred first; those without a rank come last."""
    ranks, most = _form.by_option(fields, paper), len(paper["options"])
    if not all(1 <= rank <= most for rank in ranks.values()):
        raise RuleBroken("rank-out", min=1, max=most)
    return [
        [name for name, rank in ranks.items() if rank == each]
        for each in sorted(set(ranks.values()))
    ]


def said(ballot: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """Return the answers in their order, each with its place."""
    found, place = [], 1
    for group in ballot:
        found += [(name, str(place)) for name in group]
        place += len(group)
    return found


def rows(result: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Return how many others each answer beats."""
    names, duels = list(result["ranks"]), result["pairwise"]
    return [
        (
            one,
            sum(
                duels[f"{one}>{other}"] > duels[f"{other}>{one}"] for other in names if other != one
            ),
        )
        for one in names
    ]


def leaders(result: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the answers of the first rank."""
    return _form.first(result["ranks"])


def scale(paper: Mapping[str, Any], votes: int) -> int:
    """Return how many duels there are to win."""
    return len(paper["options"]) - 1
