"""No objection: an option is adopted when somebody consents and nobody objects, with a reason."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from .. import clean
from ..errors import RuleBroken
from ..kinds import N_
from . import _paper
from ._paper import Paper

LABEL = N_("No objection")
NO_OBJECTION, OBJECTION = "no_objection", "objection"
paper, filed = _paper.plain, _paper.one


def read(raw: object, paper: Paper) -> tuple[str | None, ...]:
    """Return the objection to each option, "" for none, None where the ballot is silent."""
    said: list[str | None] = [None] * len(paper.options)
    for place, value in _paper.entries(raw, paper):
        said[place] = "" if value == NO_OBJECTION else _reason(value)
    return tuple(said)


def _reason(value: object) -> str:
    if not isinstance(value, Mapping) or set(value) != {OBJECTION}:
        raise RuleBroken("ballot-unreadable")
    return clean.text(value[OBJECTION], required="objection-without-reason")


def tally(choices: Iterable[tuple[str | None, ...]], paper: Paper) -> dict[str, Any]:
    """Return who consents to each option, the objections in alphabetical order, what is adopted."""
    consents = [0] * len(paper.options)
    objections: list[list[str]] = [[] for _ in paper.options]
    for choice, voters in Counter(choices).items():
        for place, said in enumerate(choice):
            if said:
                objections[place] += [said] * voters
            elif said is not None:
                consents[place] += voters
    adopted = [n > 0 and not against for n, against in zip(consents, objections, strict=True)]
    return {
        "no_objection": paper.by_option(consents),
        "objections": paper.by_option(map(sorted, objections)),
        "adopted": paper.by_option(adopted),
    }
