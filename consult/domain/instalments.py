"""An award paid in several times: each part exact to the cent, and what is still due of it."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

WHOLE = 10_000  # shares are hundredths of a percent
Place = tuple[str, str]  # a project and an envelope


def cut(cents: int, shares: Sequence[int]) -> list[int]:
    """Return the parts of `cents` by positive shares: their sum is `cents`, whatever the shares.

    Each part goes from one cumulated share to the next, cut down to the cent, so that none is
    negative and the odd cents come last. Without shares the whole is one part.
    """
    if not shares:
        return [cents]
    total, before, reached, parts = sum(shares), 0, 0, []
    for share in shares:
        reached += share
        now = cents * reached // total
        parts.append(now - before)
        before = now
    return parts


def across(left: Sequence[int]) -> tuple[list[int], int]:
    """Return what is due of each sum once what another was overpaid is taken off, and the rest.

    `left` is what is left of each, in cents: negative where more was paid than is given. The first
    ones make up for it; what none can make up for is returned too.
    """
    over, dues = sum(max(0, -one) for one in left), []
    for one in left:
        taken = min(max(0, one), over)
        over -= taken
        dues.append(max(0, one) - taken)
    return dues, over


def due(parts: Sequence[int], settled: Mapping[int, int]) -> tuple[list[int], int]:
    """Return what is still due of each part, and what was paid beyond the whole.

    `settled` is what was paid, or asked of the bank, by the position of the part from 1; a
    position that no longer exists counts too. The dues are never negative, and their sum is the
    whole less what was settled: what one part was overpaid is taken off the earliest ones.
    """
    paid = sum(settled.values())
    left = [max(0, part - settled.get(place, 0)) for place, part in enumerate(parts, start=1)]
    over = max(0, paid - sum(parts))
    return less(left, sum(left) - max(0, sum(parts) - paid)), over


def less(parts: Sequence[int], excess: int) -> list[int]:
    """Return parts less an excess, taken off the earliest ones."""
    left = []
    for part in parts:
        taken = min(part, excess)
        left.append(part - taken)
        excess -= taken
    return left


def dues(
    places: Iterable[Place],
    given: Mapping[Place, int],
    settled: Mapping[Place, Mapping[int, int]],
    shares: Sequence[int],
) -> tuple[dict[Place, list[int]], dict[str, int]]:
    """Return what is due at each place, part by part, and by project what was paid too much.

    What a project was overpaid by an envelope is taken off what the others still owe it: nobody is
    paid more, in all, than they are given.
    """
    found, over = dict[Place, list[int]](), dict[str, int]()
    for project, group in groupby(sorted(places), key=lambda place: place[0]):
        parts = {
            place: due(cut(given.get(place, 0), shares), settled.get(place, {})) for place in group
        }
        allowed, rest = across([sum(left) - beyond for left, beyond in parts.values()])
        for (place, (left, _beyond)), most in zip(parts.items(), allowed, strict=True):
            found[place] = less(left, sum(left) - most)
        if rest:
            over[project] = rest
    return found, over
