"""What made-up projects would receive from a call: the real rule, on requests nobody made."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from . import envelopes, sharing
from .call_terms import WHOLE, Bounds
from .splits import Demand, Terms

NUMBERS = (5, 10, 20)
# Of the mean request, in percent: some ask for little, some for much; five make 500 %.
SPREAD = (40, 70, 90, 120, 180)
# What is asked of what the project costs, in percent.
OF_COST = 80
EURO = 100


@dataclass(frozen=True)
class Example:
    """Made-up projects: how many, what they ask together, what each of a few would receive."""

    number: int
    asked: int
    awarded: int
    left: int
    rows: Sequence[tuple[int, int]]


def example(amounts: Sequence[int], bounds: Bounds, number: int) -> Example:
    """Share envelopes of these amounts between `number` made-up projects.

    The mean request is the same whatever the number: a tenth of the envelopes, within the maximum,
    in whole euros; so five ask for half of what there is, twenty for twice as much.
    """
    mean = max(EURO, sum(amounts) // 10)
    asked = [_euros(mean * SPREAD[place % len(SPREAD)] // 100) for place in range(number)]
    part = None if bounds.cap_share is None else Fraction(bounds.cap_share, WHOLE)
    demand = Demand(
        asked=asked,
        maximum=[envelopes.ceiling(sum_ * 100 // OF_COST, 0, part) for sum_ in asked],
        ties=[sharing.tie_key("example", str(place), "example") for place in range(number)],
    )
    given = [envelopes.Envelope(amount) for amount in amounts]
    found = envelopes.share(given, demand, Terms(bounds.rule, bounds.floor_cents, bounds.cap_cents))
    awarded = sum(found.awards)
    rows = list(zip(asked, found.awards, strict=True))[: len(SPREAD)]
    return Example(number, sum(asked), awarded, sum(amounts) - awarded, rows)


def examples(amounts: Sequence[int], bounds: Bounds) -> list[Example]:
    """Return the examples of 5, 10 and 20 projects."""
    return [example(amounts, bounds, number) for number in NUMBERS]


def _euros(cents: int) -> int:
    return max(EURO, cents // EURO * EURO)
