"""The split of a call: from what its projects ask to a record that anyone can make again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from . import sharing
from .envelopes import Envelope, Series, ceiling, share
from .errors import RuleBroken
from .splits import Demand, Terms, split

FORMAT = 1
WHOLE = 10_000  # a share of costs is told in hundredths of a percent


@dataclass(frozen=True)
class Rules:
    """What a call locked when it was published; `priorities` is how many classes it names."""

    call: str
    seed: str
    rule: str = "equal_awards"
    floor: int = 0
    cap: int | None = None
    cap_share: int | None = None
    carrier_cap: int | None = None
    priorities: int = 0


@dataclass(frozen=True)
class Source:
    """A funder's sum in cents."""

    funder: str
    amount: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What a project asks, in cents; `sources` are the places of those that may help it."""

    project: str
    number: int
    asked: int
    cost: int | None = None
    other: int = 0
    priority: int | None = None
    carrier: str | None = None
    sources: tuple[int, ...] | None = None


_OF_CLAIM = tuple(Claim.__dataclass_fields__)


@dataclass(frozen=True)
class Shared:
    """The envelopes of a call shared between its claims, in the order of their tie keys."""

    rules: Rules
    sources: Sequence[Source]
    claims: Sequence[Claim]
    demand: Demand
    terms: Terms
    series: Series

    @property
    def version(self) -> str:
        """Return the version of the rule."""
        return sharing.kind(self.rules.rule).VERSION

    @property
    def envelope(self) -> int:
        """Return the sum of all envelopes."""
        return sum(source.amount for source in self.sources)

    @property
    def awarded(self) -> int:
        """Return the sum of all awards."""
        return sum(self.series.awards)

    @property
    def asked(self) -> int:
        """Return the sum of what is asked."""
        return sum(self.demand.asked)

    def parts(self) -> list[list[int]]:
        """Return what each project receives from each envelope."""
        parts = [[0] * len(self.sources) for _claim in self.claims]
        for position, share_ in enumerate(self.series.shares):
            for place, award in zip(share_.places, share_.split.awards, strict=True):
                parts[place][position] = award
        return parts


def compute(rules: Rules, sources: Sequence[Source], claims: Iterable[Claim]) -> Shared:
    """Share the envelopes of a call by its payable rule, whatever the order of the claims."""
    if rules.rule not in sharing.payable():
        raise RuleBroken("sharing-rule-not-payable")
    keyed = [
        (sharing.tie_key(rules.call, claim.project, rules.seed), claim.project, claim)
        for claim in claims
    ]
    keyed.sort(key=lambda one: one[:2])
    ties, ordered = [one[0] for one in keyed], [one[2] for one in keyed]
    last = rules.priorities + 1
    demand = Demand(
        asked=[claim.asked for claim in ordered],
        maximum=_ceilings(rules, ordered, ties),
        priority=[claim.priority or last for claim in ordered] if rules.priorities else (),
        ties=ties,
    )
    offered = [
        Envelope(source.amount, _eligible(ordered, position))
        for position, source in enumerate(sources)
    ]
    terms = Terms(rules.rule, rules.floor, rules.cap)
    return Shared(rules, sources, ordered, demand, terms, share(offered, demand, terms))


def _eligible(claims: Sequence[Claim], position: int) -> Sequence[int] | None:
    """Return the places of the claims that an envelope may help; None when it may help any."""
    if all(claim.sources is None for claim in claims):
        return None
    return [
        place
        for place, claim in enumerate(claims)
        if claim.sources is None or position in claim.sources
    ]


def _ceilings(rules: Rules, claims: Sequence[Claim], ties: Sequence[str]) -> Sequence[int | None]:
    """Return the most that each may receive: what it lacks, and its part of a carrier's cap."""
    found = [_own(rules, claim) for claim in claims]
    if rules.carrier_cap is None:
        return found
    carried: dict[str, list[int]] = {}
    for place, claim in enumerate(claims):
        carried.setdefault(claim.carrier or claim.project, []).append(place)
    for places in carried.values():
        wanted = [_wanted(rules, claims[place].asked, found[place]) for place in places]
        part = Demand(asked=wanted, ties=[ties[place] for place in places])
        if sum(wanted) > rules.carrier_cap:
            got = split(rules.carrier_cap, part, Terms(rules.rule)).awards
            for place, most in zip(places, got, strict=True):
                found[place] = most
    return found


def _own(rules: Rules, claim: Claim) -> int | None:
    """Return the most that the costs of a project allow; None when nothing bounds it.

    Where its cost is not told, it is what it asks and what others give.
    """
    if claim.cost is None and rules.cap_share is None:
        return None
    cost = claim.asked + claim.other if claim.cost is None else claim.cost
    part = None if rules.cap_share is None else Fraction(rules.cap_share, WHOLE)
    return ceiling(cost, claim.other, part)


def _wanted(rules: Rules, asked: int, most: int | None) -> int:
    bounds = (most, rules.cap)
    return min([asked, *(bound for bound in bounds if bound is not None)])


def record(shared: Shared) -> dict[str, Any]:
    """Return all that a split comes from and all that it gives, as JSON; its digest binds it."""
    columns = zip(
        shared.claims, shared.demand.maximum, shared.parts(), shared.series.awards, strict=True
    )
    rows = [
        {**_told(claim), "maximum": most, "awards": parts, "award": award}
        for claim, most, parts, award in columns
    ]
    return {
        "format": FORMAT,
        "version": shared.version,
        **asdict(shared.rules),
        "sources": [asdict(source) for source in shared.sources],
        "envelope": shared.envelope,
        "asked": shared.asked,
        "awarded": shared.awarded,
        "left": shared.series.left,
        "projects": rows,
    }


def _told(claim: Claim) -> dict[str, Any]:
    told = {name: getattr(claim, name) for name in _OF_CLAIM}
    if claim.sources is not None:
        told["sources"] = list(claim.sources)
    return {name: value for name, value in told.items() if value is not None}


def again(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Compute a record again from its inputs; the same bytes come out if nobody touched it.

    Raises record-unreadable for what is no record of a split.
    """
    try:
        if kept["format"] != FORMAT:
            raise RuleBroken("record-unreadable")
        rules = Rules(**{name: kept[name] for name in Rules.__dataclass_fields__})
        sources = [Source(one["funder"], one["amount"]) for one in kept["sources"]]
        claims = [_claim(row) for row in kept["projects"]]
        return record(compute(rules, sources, claims))
    except (KeyError, TypeError, AttributeError, ValueError, ArithmeticError) as error:
        raise RuleBroken("record-unreadable") from error


def _claim(row: Mapping[str, Any]) -> Claim:
    known = {name: row[name] for name in _OF_CLAIM if name in row}
    if "sources" in known:
        known["sources"] = tuple(known["sources"])
    return Claim(**known)
