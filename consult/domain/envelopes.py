"""Several envelopes for one call, each for the projects its funder may help, in declared order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from .splits import Demand, Split, Terms, limits, split


@dataclass(frozen=True)
class Envelope:
    """A funder's sum in cents, and the places of the projects it may help; all when None."""

    amount: int
    eligible: Sequence[int] | None = None


@dataclass(frozen=True)
class Share:
    """What one envelope gave: the places it served, in order, and its split."""

    places: Sequence[int]
    split: Split


@dataclass(frozen=True)
class Series:
    """Envelopes shared one after the other: the sum each project receives, and each share."""

    awards: list[int]
    shares: list[Share]

    @property
    def left(self) -> int:
        """Return what no project could receive, over all envelopes."""
        return sum(share.split.left for share in self.shares)


def ceiling(cost: int, other: int, share: Fraction | None = None) -> int:
    """Return the most a project may receive: what it lacks, and a share of what it costs."""
    lacking = max(0, cost - other)
    return lacking if share is None else min(lacking, int(cost * share))


def share(envelopes: Sequence[Envelope], demand: Demand, terms: Terms) -> Series:
    """Share envelopes in the order declared: each on what the ones before left unserved."""
    wanted, floors = limits(demand, terms)
    awards, shares = [0] * len(wanted), []
    for envelope in envelopes:
        places = _places(envelope, len(wanted))
        part = Demand(
            asked=[demand.asked[place] - awards[place] for place in places],
            minimum=[max(0, floors[place] - awards[place]) for place in places] if floors else (),
            maximum=[wanted[place] - awards[place] for place in places],
            weight=[demand.weight[place] for place in places] if demand.weight else (),
            priority=[demand.priority[place] for place in places] if demand.priority else (),
            ties=[demand.ties[place] for place in places] if demand.ties else (),
        )
        found = split(envelope.amount, part, replace(terms, floor=0, cap=None))
        for place, award in zip(places, found.awards, strict=True):
            awards[place] += award
        shares.append(Share(places, found))
    return Series(awards, shares)


def _places(envelope: Envelope, count: int) -> Sequence[int]:
    if envelope.eligible is None:
        return range(count)
    return sorted(set(envelope.eligible))
