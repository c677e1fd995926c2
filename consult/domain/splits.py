"""An envelope shared between claims by a rule, with floors, caps, weights and priorities."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from . import sharing
from .errors import RuleBroken

ONE = Fraction(1)
_T = TypeVar("_T")


@dataclass(frozen=True)
class Demand:
    """What is asked, in columns: one place a project, amounts in cents; an empty column is unset.

    `ties` are the keys that decide between equals (`sharing.tie_key`); without them, the order.
    """

    asked: Sequence[int]
    minimum: Sequence[int] = ()
    maximum: Sequence[int | None] = ()
    weight: Sequence[Fraction] = ()
    priority: Sequence[int] = ()
    ties: Sequence[str] = ()

    def __post_init__(self) -> None:
        """Refuse columns of another length, amounts below zero, weights of nothing."""
        columns = (self.minimum, self.maximum, self.weight, self.priority, self.ties)
        if any(column and len(column) != len(self.asked) for column in columns):
            raise ValueError("columns of different lengths")
        amounts = (self.asked, self.minimum, [most for most in self.maximum if most is not None])
        if any(min(column, default=0) < 0 for column in amounts):
            raise RuleBroken("amount-negative")
        if min(self.weight, default=ONE) <= 0:
            raise RuleBroken("weight-out")


@dataclass(frozen=True)
class Terms:
    """What a call declares before the first project comes in: the rule, its floor and its cap."""

    rule: str = "equal_awards"
    floor: int = 0
    cap: int | None = None


@dataclass(frozen=True)
class Stage:
    """How the projects of one priority were served.

    `mode` is "all" where the envelope reaches what they may receive, "floors" where it is below
    the sum of their floors, "rule" otherwise; the rule shared `share` between `claims`.
    """

    mode: str
    rule: sharing.SharingRule
    envelope: int
    asked: int
    share: int
    claims: Sequence[int]
    weights: Sequence[Fraction]

    @cached_property
    def measure(self) -> Fraction:
        """Return the number that explains every award of the stage."""
        return self.rule.measure(self.share, self.claims, self.weights)

    @cached_property
    def count(self) -> int:
        """Return how many projects there are."""
        return len(self.claims)

    @cached_property
    def served(self) -> int:
        """Return how many receive all that the rule could give them."""
        weights = self.weights or [ONE] * len(self.claims)
        pairs = zip(self.claims, weights, strict=True)
        return sum(claim <= self.measure * weight for claim, weight in pairs)


@dataclass(frozen=True)
class Why:
    """Why an award is what it is: codes from the most general to the cent, and their facts."""

    reasons: list[str]
    share: Fraction
    stage: Stage


@dataclass(frozen=True)
class Split:
    """An envelope shared: the awards, in the order of the demand, and what explains them."""

    terms: Terms
    envelope: int
    demand: Demand
    awards: list[int]
    wanted: Sequence[int]
    floors: Sequence[int]
    stages: dict[int, Stage] = field(repr=False)

    @property
    def version(self) -> str:
        """Return the version of the rule."""
        return sharing.kind(self.terms.rule).VERSION

    @cached_property
    def awarded(self) -> int:
        """Return the sum of the awards."""
        return sum(self.awards)

    @property
    def left(self) -> int:
        """Return what nobody may receive: more than all asked for, within their limits."""
        return self.envelope - self.awarded

    def weight(self, place: int) -> Fraction:
        """Return how many shares a project counts for."""
        return self.demand.weight[place] if self.demand.weight else ONE

    def why(self, place: int) -> Why:
        """Return the reasons of one award."""
        stage = self.stages[self.demand.priority[place] if self.demand.priority else 1]
        reasons, plain = self._limits(place, stage), self._plain(place, stage)
        if plain:
            return Why([*reasons, plain], Fraction(self.awards[place]), stage)
        floor = self.floors[place] if self.floors else 0
        claim, award = self.wanted[place] - floor, self.awards[place] - floor
        if stage.mode == "floors":
            reasons.append("floors_exceed")
            claim, award = floor, self.awards[place]
        elif floor:
            reasons.append("floor")
        found, share = stage.rule.why(stage.measure, claim, self.weight(place), award)
        return Why([*reasons, *found], share, stage)

    def _limits(self, place: int, stage: Stage) -> list[str]:
        """Return what was decided before the rule: the priority, the cap, the weight."""
        told = {
            "priority": len(self.stages) > 1,
            "cap": self.wanted[place] < self.demand.asked[place],
            "weight": stage.mode != "all" and self.weight(place) != ONE,
        }
        return [reason for reason, holds in told.items() if holds]

    def _plain(self, place: int, stage: Stage) -> str:
        """Return the reason of an award that no rule was needed for, or nothing."""
        if not self.wanted[place]:
            return "nothing_asked"
        if stage.mode == "all":
            return "all_served"
        return "" if stage.envelope else "nothing_left"


def split(envelope: int, demand: Demand, terms: Terms) -> Split:
    """Share an envelope in cents; the sum of the awards is exact, and none is above its claim.

    e = min(claim, maximum, cap) and f = min(max(minimum, floor), e). Each priority in turn, the
    smallest number first: where the envelope reaches the sum of e, each receives e; where it is
    below the sum of f, the rule runs on f; otherwise each receives f and the rule shares the rest
    on e - f.
    """
    rule = sharing.kind(terms.rule)
    if min(envelope, terms.floor, terms.cap or 0) < 0:
        raise RuleBroken("amount-negative")
    if not rule.WEIGHTED and any(weight != ONE for weight in demand.weight):
        raise RuleBroken("weights-not-taken")
    wanted, floors = limits(demand, terms)
    awards, stages, left = [0] * len(wanted), {}, envelope
    for priority, places in _classes(demand.priority, len(wanted)):
        part = Demand(
            asked=_pick(demand.asked, places),
            minimum=_pick(floors, places),
            weight=_pick(demand.weight, places),
            ties=_pick(demand.ties, places),
        )
        stages[priority], got = _serve(rule, left, part, _pick(wanted, places))
        left -= sum(got)
        for place, award in zip(places, got, strict=True):
            awards[place] = award
    return Split(terms, envelope, demand, awards, wanted, floors, stages)


def limits(demand: Demand, terms: Terms) -> tuple[Sequence[int], Sequence[int]]:
    """Return what each may receive at most, and what each receives first, () where nothing."""
    wanted, cap = demand.asked, terms.cap
    if demand.maximum:
        both = zip(wanted, demand.maximum, strict=True)
        wanted = [asked if most is None else min(asked, most) for asked, most in both]
    if cap is not None:
        wanted = [min(asked, cap) for asked in wanted]
    if not demand.minimum and not terms.floor:
        return wanted, ()
    minimum = demand.minimum or [0] * len(wanted)
    pairs = zip(minimum, wanted, strict=True)
    return wanted, [min(max(least, terms.floor), most) for least, most in pairs]


def _serve(
    rule: sharing.SharingRule, envelope: int, part: Demand, wanted: Sequence[int]
) -> tuple[Stage, list[int]]:
    """Serve the projects of one priority, whose floors are the minimums of `part`."""
    asked, floors, weights = sum(part.asked), part.minimum, part.weight
    if envelope >= sum(wanted):
        return Stage("all", rule, envelope, asked, 0, wanted, weights), list(wanted)
    base = sum(floors)
    if envelope < base:
        stage = Stage("floors", rule, envelope, asked, envelope, floors, weights)
        return stage, rule.cents(envelope, floors, weights, part.ties)
    over = [most - least for most, least in zip(wanted, floors, strict=True)] if base else wanted
    stage = Stage("rule", rule, envelope, asked, envelope - base, over, weights)
    got = rule.cents(stage.share, over, weights, part.ties)
    return stage, [least + more for least, more in zip(floors, got, strict=True)] if base else got


def _classes(priority: Sequence[int], count: int) -> list[tuple[int, Sequence[int]]]:
    """Return the places of each priority, the smallest number first."""
    if not priority:
        return [(1, range(count))]
    classes: dict[int, list[int]] = {}
    for place, number in enumerate(priority):
        classes.setdefault(number, []).append(place)
    return sorted(classes.items())


def _pick(column: Sequence[_T], places: Sequence[int]) -> Sequence[_T]:
    return column if len(column) in (0, len(places)) else [column[place] for place in places]
