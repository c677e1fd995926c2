"""Whole cents out of exact shares, so that the sum holds and nobody loses by the rounding."""

from collections.abc import Sequence
from fractions import Fraction
from heapq import heapify, heappop, heapreplace
from math import lcm

from ._order import Ties, ranked

Weights = Sequence[Fraction]
_FINE = 2**64


def whole(weights: Weights) -> list[int]:
    """Return weights in the same proportions, as whole numbers."""
    scale = lcm(*(weight.denominator for weight in weights))
    return [int(weight * scale) for weight in weights]


def rate(envelope: int, values: Sequence[int], most: Sequence[int]) -> Fraction:
    """Return the rate at which values, each times it and cut at its most, make up the envelope."""
    left, sharing = envelope, sum(values)
    scale = max(values, default=0) ** 2  # by which different quotients stay different, whole
    pairs = [(value, top) for value, top in zip(values, most, strict=True) if value]
    pairs.sort(key=lambda pair: pair[1] * scale // pair[0])
    for value, top in pairs:
        if top * sharing > left * value:
            return Fraction(left, sharing)
        left -= top
        sharing -= value
    return Fraction(pairs[-1][1], pairs[-1][0]) if pairs else Fraction(0)


def divided(
    envelope: int, values: Sequence[int], most: Sequence[int], at: Fraction, ties: Ties
) -> list[int]:
    """Return cents in proportion to values, none above its most, by Webster's method.

    Each cent goes where value / (2 k + 1) is largest, k being the cents already there: one more
    cent in the envelope, or one project less, never takes a cent from anyone (Balinski and Young
    1982). `at` is the exact rate: the cents it rounds to are a beginning of that sequence, and
    few are missing or too many. Equal quotients go to the larger `most`, then by tie key.
    """
    over, under = 2 * at.numerator, at.denominator
    awards = [
        min(top, -((under - value * over) // (2 * under)))
        for value, top in zip(values, most, strict=True)
    ]
    missing = envelope - sum(awards)
    if missing:
        order = ranked(most, ties)
        (_add if missing > 0 else _remove)(awards, abs(missing), values, most, order)
    return awards


def remainders(
    envelope: int, exact: Sequence[Fraction], claims: Sequence[int], ties: Ties
) -> list[int]:
    """Return exact shares cut to the cent, the cents left going to the largest parts cut off."""
    awards = [int(share) for share in exact]
    parts = [int((share - cents) * _FINE) for share, cents in zip(exact, awards, strict=True)]
    order = ranked(claims, ties)
    order.sort(key=parts.__getitem__, reverse=True)
    for place in order[: envelope - sum(awards)]:
        awards[place] += 1
    return awards


def _scale(most: Sequence[int]) -> int:
    """Return a factor by which different quotients stay different when they lose their decimals."""
    return (2 * max(most) + 1) ** 2


def _add(
    awards: list[int], cents: int, values: Sequence[int], most: Sequence[int], order: list[int]
) -> None:
    count, scale = len(order), _scale(most)
    # One whole number a place: the quotient, largest first, then the rank.
    heap = [
        rank - values[place] * scale // (2 * awards[place] + 1) * count
        for rank, place in enumerate(order)
        if awards[place] < most[place]
    ]
    heapify(heap)
    for _ in range(cents):
        rank = heap[0] % count
        place = order[rank]
        awards[place] += 1
        if awards[place] < most[place]:
            quotient = values[place] * scale // (2 * awards[place] + 1)
            heapreplace(heap, rank - quotient * count)
        else:
            heappop(heap)


def _remove(
    awards: list[int], cents: int, values: Sequence[int], most: Sequence[int], order: list[int]
) -> None:
    count, scale = len(order), _scale(most)
    heap = [
        values[place] * scale // (2 * awards[place] - 1) * count + count - 1 - rank
        for rank, place in enumerate(order)
        if awards[place]
    ]
    heapify(heap)
    for _ in range(cents):
        rank = count - 1 - heap[0] % count
        place = order[rank]
        awards[place] -= 1
        if awards[place]:
            quotient = values[place] * scale // (2 * awards[place] - 1)
            heapreplace(heap, quotient * count + count - 1 - rank)
        else:
            heappop(heap)
