"""Majority judgment: a grade to each option, ranked by the lower median, then outward from it.

Balinski and Laraki 2011. The comparison is that of the score of MieuxVoter: in turn the median
grade, then the larger of the two groups beside it, above or below, which the median joins. It
takes as many steps as there are grades, however many voted.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any

from ..errors import RuleBroken
from ..kinds import N_
from . import _order, _paper
from ._paper import Paper

LABEL = N_("Majority judgment")
WORST, MEDIAN = "worst", "median"
filed = _paper.one


def paper(raw: Mapping[str, Any]) -> Paper:
    """Return a paper with its grades, the worst first, and how a missing grade counts."""
    grades = _paper.words(raw, "grades", 2, _paper.MOST_GRADES)
    default = raw.get("default")
    if default not in (None, WORST, MEDIAN):
        raise RuleBroken("paper-wrong", field="default")
    refusal = RuleBroken("paper-wrong", field="participants")
    voters = _paper.whole(raw.get("participants", 0), 0, _paper.MOST_VOTERS, refusal)
    return replace(_paper.plain(raw), grades=grades, default=default or WORST, voters=voters)


def read(raw: object, paper: Paper) -> tuple[int | None, ...]:
    """Return the grade of each option, from 0, None where the ballot gives none."""
    grades: list[int | None] = [None] * len(paper.options)
    for place, grade in _paper.entries(raw, paper):
        if not isinstance(grade, str) or grade not in paper.grades:
            raise RuleBroken("grade-unknown")
        grades[place] = paper.grades.index(grade)
    return tuple(grades)


def tally(choices: Iterable[tuple[int | None, ...]], paper: Paper) -> dict[str, Any]:
    """Return the rank and the median of each option, and their order."""
    counts, total = [[0] * len(paper.grades) for _ in paper.options], 0
    for choice, voters in Counter(choices).items():
        total += voters
        for place, grade in enumerate(choice):
            if grade is not None:
                counts[place][grade] += voters
    return _result(counts, total, paper)


def tally_counts(raw: object, paper: Paper) -> dict[str, Any]:
    """Return the result of counts of grades; without `participants`, the fullest row tells it."""
    counts = _paper.rows(raw, paper, len(paper.grades))
    fullest = max(sum(row) for row in counts)
    if 0 < paper.voters < fullest:
        raise RuleBroken("paper-wrong", field="participants")
    return _result(counts, paper.voters or fullest, paper)


def _result(counts: Sequence[Sequence[int]], total: int, paper: Paper) -> dict[str, Any]:
    rows = [_filled(row, total, paper.default) for row in counts]
    ranked = _order.ranks([score(row) for row in rows])
    medians = [paper.grades[_median(row)] if total else None for row in rows]
    return {
        "ranks": paper.by_option(ranked),
        "medians": paper.by_option(medians),
        "order": _order.order(ranked, paper),
    }


def _filled(row: Sequence[int], total: int, default: str) -> list[int]:
    """Return a row in which the grades not given stand as declared."""
    filled = list(row)
    filled[_median(row) if default == MEDIAN else 0] += total - sum(row)
    return filled


def _median(row: Sequence[int]) -> int:
    """Return the lower median grade, the worst one where nobody gave any."""
    half = (sum(row) + 1) // 2
    return next(grade for grade, reached in enumerate(accumulate(row)) if reached >= half)


def score(row: Sequence[int]) -> list[int]:
    """Return what ranks an option among others of as many voters: the greater list comes first."""
    left, told = list(row), []
    while True:
        median = _median(left)
        below, above = sum(left[:median]), sum(left[median + 1 :])
        told += [median, above if above > below else -below]
        if above > below:
            beside = next(g for g in range(median + 1, len(left)) if left[g])
        elif below:
            beside = next(g for g in range(median - 1, -1, -1) if left[g])
        else:
            return told
        left[beside] += left[median]
        left[median] = 0
