"""Each part of the envelope shared by those who claim it, as few claimants a part as can be.

O'Neill 1982, after Ibn Ezra; shown for comparison.
"""

from collections.abc import Sequence
from fractions import Fraction

from ..kinds import N_
from . import _cents, _compared
from ._cents import Weights
from ._order import Ties

LABEL = N_("The minimal overlap rule")
VERSION, PAYABLE, WEIGHTED = _compared.VERSION, _compared.PAYABLE, _compared.WEIGHTED
measure, why = _compared.measure, _compared.why
_EXACT, _FINE = 1_000, 2**64


def exact(envelope: int, claims: Sequence[int], weights: Weights) -> list[Fraction]:
    """Return what each receives of the parts it claims, alone or with others.

    Beyond a thousand different claims each part loses what it holds below 2^-64 of a cent: the
    denominators would grow with their number.
    """
    if envelope <= max(claims, default=0):
        return _shared([Fraction(min(claim, envelope)) for claim in claims])
    height = _height(envelope, claims)
    shared = _shared([min(Fraction(claim), height) for claim in claims])
    return [
        part + max(Fraction(0), claim - height) for part, claim in zip(shared, claims, strict=True)
    ]


def cents(envelope: int, claims: Sequence[int], weights: Weights, ties: Ties) -> list[int]:
    """Return the exact shares cut to the cent, the cents left to the largest parts cut off."""
    return _cents.remainders(envelope, exact(envelope, claims, weights), claims, ties)


def _shared(claims: Sequence[Fraction]) -> list[Fraction]:
    """Return the shares of an envelope as high as the largest claim: each part by its claimants."""
    fine = len(set(claims)) > _EXACT
    awards, received, below = [Fraction(0)] * len(claims), Fraction(0), Fraction(0)
    for rank, place in enumerate(sorted(range(len(claims)), key=claims.__getitem__)):
        part = (claims[place] - below) / (len(claims) - rank)
        received += Fraction(int(part * _FINE), _FINE) if fine else part
        awards[place], below = received, claims[place]
    return awards


def _height(envelope: int, claims: Sequence[int]) -> Fraction:
    """Return how high parts are shared; what a claim holds above is its own."""
    above, descending = 0, sorted(claims, reverse=True)
    for sharers, claim in enumerate(descending):
        if sharers > 1 and above - envelope >= claim * (sharers - 1):
            return Fraction(above - envelope, sharers - 1)
        above += claim
    return Fraction(above - envelope, len(claims) - 1)
