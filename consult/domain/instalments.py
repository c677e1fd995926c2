"""An award paid in several times: each part exact to the cent, and what is still due of it."""

from collections.abc import Mapping, Sequence

WHOLE = 10_000  # shares are hundredths of a percent


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


def due(parts: Sequence[int], settled: Mapping[int, int]) -> tuple[list[int], int]:
    """Return what is still due of each part, and what was paid beyond the whole.

    `settled` is what was paid, or asked of the bank, by the position of the part from 1; a
    position that no longer exists counts too. The dues are never negative, and their sum is the
    whole less what was settled: what one part was overpaid is taken off the earliest ones.
    """
    paid = sum(settled.values())
    left = [max(0, part - settled.get(place, 0)) for place, part in enumerate(parts, start=1)]
    over = max(0, paid - sum(parts))
    excess = sum(left) - max(0, sum(parts) - paid)
    for index, amount in enumerate(left):
        taken = min(amount, excess)
        left[index] = amount - taken
        excess -= taken
    return left, over
