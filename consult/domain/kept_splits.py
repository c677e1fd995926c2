"""What is kept of a split to explain any one of its awards later, without the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from . import sharing
from .splits import Demand, Split, Stage, Terms

Kept = Mapping[str, Any]


@dataclass(frozen=True)
class Given:
    """What one envelope gave as a whole: its sum, all it awarded, and its stages as kept."""

    rule: str
    envelope: int
    awarded: int
    stages: Mapping[str, Kept]


@dataclass(frozen=True)
class Line:
    """One project before one envelope: what it still asks and may receive, and its award."""

    asked: int
    wanted: int
    floor: int
    award: int
    priority: int | None = None

    def after(self, got: int) -> "Line":
        """Return what is left to serve once other envelopes gave `got`."""
        left = self.wanted - got
        floor = min(max(0, self.floor - got), left)
        return Line(self.asked - got, left, floor, self.award, self.priority)


def stages(split: Split) -> dict[str, dict[str, Any]]:
    """Return the stages of a split as JSON, by priority: few numbers, however many projects."""
    return {str(priority): _kept(stage) for priority, stage in split.stages.items()}


def _kept(stage: Stage) -> dict[str, Any]:
    kept = {"mode": stage.mode, "envelope": stage.envelope, "asked": stage.asked}
    kept |= {"share": stage.share, "count": stage.count}
    if stage.mode != "all" and stage.envelope:
        kept |= {"measure": str(stage.measure), "served": stage.served}
    return kept


def split_of(given: Given, line: Line) -> Split:
    """Return a split that holds one project alone, and explains its award as the whole would."""
    rule = sharing.kind(given.rule)
    found = {int(priority): _stage(rule, kept) for priority, kept in given.stages.items()}
    split = Split(
        terms=Terms(given.rule),
        envelope=given.envelope,
        demand=Demand([line.asked], priority=() if line.priority is None else [line.priority]),
        awards=[line.award],
        wanted=[line.wanted],
        floors=[line.floor],
        stages=found,
    )
    vars(split)["awarded"] = given.awarded  # of all, not of the one that is here
    return split


def _stage(rule: sharing.SharingRule, kept: Kept) -> Stage:
    numbers = (kept["envelope"], kept["asked"], kept["share"])
    stage = Stage(kept["mode"], rule, *numbers, claims=(), weights=())
    vars(stage)["count"] = kept["count"]
    if "measure" in kept:
        vars(stage).update(measure=Fraction(kept["measure"]), served=kept["served"])
    return stage
