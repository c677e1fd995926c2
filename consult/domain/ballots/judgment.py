"""Majority judgment: a grade for each answer."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import RuleBroken
from ..kinds import N_
from . import _form

LABEL = N_("Majority judgment: a grade for each answer")
HINT = N_("Everyone gives each answer a grade, from Bad to Very good.")
METHOD, IS_PLAIN, HAS_OPTIONS = "judgment", False, True
HAS_SHARES = False
RULES = ("most",)
WORDS = {  # the worst first
    "bad": N_("Bad"),
    "poor": N_("Poor"),
    "fair": N_("Fair"),
    "good": N_("Good"),
    "very_good": N_("Very good"),
}
GRADES = list(WORDS)
UNIT = N_("Median grade, from 1 (Bad) to 5 (Very good)")
READING = N_("The longer the bar, the better the grade that half of the people give at least.")
WHY = N_(
    "We look at the grade that at least half of the people give."
    " If it is equal, we look at those above and below."
)


def paper(options: Sequence[str]) -> dict[str, Any]:
    """Return a paper with the five grades; an answer without a grade counts as the worst."""
    return {"options": list(options), "grades": GRADES, "min": 1}


def from_form(fields: _form.Fields, paper: Mapping[str, Any]) -> object:
    """Return the grade of each answer that has one."""
    places = _form.by_option(fields, paper)
    if max(places.values()) >= len(GRADES):
        raise RuleBroken("grade-unknown")
    return {name: GRADES[place] for name, place in places.items()}


def said(ballot: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return each answer with its grade."""
    return list(ballot.items())


def rows(result: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Return the median grade of each answer, from 1 for the worst; 0 without any ballot."""
    medians = result["medians"].items()
    return [(name, GRADES.index(grade) + 1 if grade else 0) for name, grade in medians]


def leaders(result: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the answers of the first rank."""
    return _form.first(result["ranks"])


def scale(paper: Mapping[str, Any], votes: int) -> int:
    """Return the best grade."""
    return len(GRADES)
