"""The level up to which an envelope fills claims, as water fills glasses of several heights."""

from collections.abc import Sequence
from fractions import Fraction


def filled(envelope: int, claims: Sequence[int]) -> tuple[int, int]:
    """Return what is left once the claims under the level are full, and how many share it."""
    left, sharers = envelope, len(claims)
    for claim in sorted(claims):
        if claim * sharers > left:
            break
        left -= claim
        sharers -= 1
    return left, sharers


def level(envelope: int, claims: Sequence[int]) -> Fraction:
    """Return the level at which the claims, each cut at it, make up the envelope."""
    left, sharers = filled(envelope, claims)
    return Fraction(left, sharers) if sharers else Fraction(max(claims, default=0))


def cut(envelope: int, claims: Sequence[int]) -> list[Fraction]:
    """Return the exact parts: each claim, cut at the level."""
    top = level(envelope, claims)
    return [min(Fraction(claim), top) for claim in claims]
