"""What follows from the groups: counts, consensus across groups, what each group is known by."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .matrix import AGREE, DISAGREE, PASS, Opinions

Floats = NDArray[np.float64]
SURE_90 = 1.2816  # one-sided, as Polis has it
NO_GROUP = -1


@dataclass(frozen=True)
class Counts:
    """How many people of each group saw each statement, agreed, disagreed: groups x statements."""

    seen: Floats
    agree: Floats
    disagree: Floats


@dataclass(frozen=True)
class InGroup:
    """One statement in one group: its counts, and how much more the group says so than the others.

    `representativeness` is the ratio of the group's smoothed share to that of everyone else, for
    the side (agree or disagree) that tells the group apart; `is_sure` whether both tests pass 90 %.
    """

    seen: int
    agree: int
    disagree: int
    side: str
    representativeness: float
    is_sure: bool
    weight: float


@dataclass(frozen=True)
class Statement:
    """One statement: its counts over all, its consensus across groups, and by group."""

    seen: int
    agree: int
    disagree: int
    consensus: float
    by_group: list[InGroup]

    @property
    def passed(self) -> int:
        """How many saw it and took no side."""
        return self.seen - self.agree - self.disagree


def statements(opinions: Opinions, groups: Sequence[int], number: int) -> list[Statement]:
    """Return what the groups say of each statement, in the order of the matrix.

    `groups` gives each person the place of their group, NO_GROUP for none; `number` is how many
    groups there are. Consensus is the product over groups of (1 + agree) / (2 + seen), 1 without
    any group.
    """
    counts = _counts(opinions, np.asarray(groups, dtype=np.intp), number)
    consensus = np.prod((1 + counts.agree) / (2 + counts.seen), axis=0)
    agreeing = _side(counts.agree, counts.seen)
    refusing = _side(counts.disagree, counts.seen)
    whole = {side: (opinions.values == side).sum(axis=0) for side in (AGREE, DISAGREE, PASS)}
    found = []
    for place in range(len(opinions.statements)):
        agree, disagree = int(whole[AGREE][place]), int(whole[DISAGREE][place])
        seen = agree + disagree + int(whole[PASS][place])
        rows = [_in_group(counts, agreeing, refusing, g, place) for g in range(number)]
        found.append(Statement(seen, agree, disagree, float(consensus[place]), rows))
    return found


def typical(found: Sequence[Statement], group: int) -> list[int]:
    """Return the places of the statements that a group is known by, the most telling one first."""
    sure = [place for place, one in enumerate(found) if one.by_group[group].is_sure]
    return sorted(sure, key=lambda place: (-found[place].by_group[group].weight, place))


@dataclass(frozen=True)
class _Side:
    """One side of all statements in all groups: smoothed share, ratio to the others, two tests."""

    share: Floats
    ratio: Floats
    share_z: Floats
    ratio_z: Floats


def _counts(opinions: Opinions, groups: NDArray[np.intp], number: int) -> Counts:
    inside = [opinions.values[groups == group] for group in range(number)]
    shape = (number, len(opinions.statements))

    def counted(*sides: int) -> Floats:
        rows = [np.isin(part, sides).sum(axis=0) for part in inside]
        return np.asarray(rows, dtype=np.float64).reshape(shape)

    return Counts(counted(AGREE, DISAGREE, PASS), counted(AGREE), counted(DISAGREE))


def _side(chosen: Floats, seen: Floats) -> _Side:
    others, others_seen = chosen.sum(axis=0) - chosen, seen.sum(axis=0) - seen
    share = (1 + chosen) / (2 + seen)
    ratio = share / ((1 + others) / (2 + others_seen))
    share_z = 2 * np.sqrt(seen + 1) * ((chosen + 1) / (seen + 1) - 0.5)
    return _Side(share, ratio, share_z, _two_shares(chosen, seen, others, others_seen))


def _two_shares(chosen: Floats, seen: Floats, others: Floats, others_seen: Floats) -> Floats:
    """Return the z of the difference of two shares, one added to each count as Polis does."""
    a, b, n, m = chosen + 1, others + 1, seen + 1, others_seen + 1
    pooled = (a + b) / (n + m)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    difference = a / n - b / m
    return np.divide(difference, spread, out=np.zeros_like(difference), where=spread > 0)


def _in_group(counts: Counts, agreeing: _Side, refusing: _Side, group: int, place: int) -> InGroup:
    at = (group, place)
    agrees = bool(agreeing.ratio_z[at] >= refusing.ratio_z[at])
    side = agreeing if agrees else refusing
    share, ratio = float(side.share[at]), float(side.ratio[at])
    share_z, ratio_z = float(side.share_z[at]), float(side.ratio_z[at])
    return InGroup(
        seen=int(counts.seen[at]),
        agree=int(counts.agree[at]),
        disagree=int(counts.disagree[at]),
        side="agree" if agrees else "disagree",
        representativeness=ratio,
        is_sure=min(share_z, ratio_z) > SURE_90,
        weight=ratio * ratio_z * share * share_z,
    )
