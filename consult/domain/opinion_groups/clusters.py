"""Find groups: two main directions of the opinions, then points that lie together.

The same opinions give the same groups, whatever order they came in. Whether the groups would be
there with other people is measured, and said: groups that do not last are fragile.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .matrix import Opinions

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

LEAST_PEOPLE = 50  # below, nothing found may be published
LEAST_OPINIONS = 7  # or as many as there are statements
MOST_GROUPS = 5
BASE = 100  # points that are grouped in turn
BASE_TURNS = 10
TRIES = 8
TURNS = 100
SAMPLES = 8
SAMPLED = 0.8
LASTING = 0.6  # mean agreement (adjusted Rand index) with the groups of samples
SEED = 20260401


@dataclass(frozen=True)
class Found:
    """The group of each person (-1 for none), how many groups, points, how far they last.

    `points` are people x 2; `lasting` is the mean adjusted Rand index over samples of 80 %.
    """

    groups: Places
    number: int
    points: Floats
    lasting: float

    @property
    def is_fragile(self) -> bool:
        """Whether nothing of it should be published: too few people, or groups that do not last."""
        return self.number < 2 or self.lasting < LASTING or are_few(self.groups.tolist())


def are_few(groups: Sequence[int]) -> bool:
    """Tell whether too few people are in a group for anything of it to be published."""
    return sum(group >= 0 for group in groups) < LEAST_PEOPLE


def find(opinions: Opinions) -> Found:
    """Return the groups of those who gave enough opinions, the largest one first."""
    enough = min(LEAST_OPINIONS, len(opinions.statements))
    chosen = np.flatnonzero(opinions.seen.sum(axis=1) >= max(1, enough))
    points = np.zeros((len(opinions.people), 2))
    groups = np.full(len(opinions.people), -1, dtype=np.intp)
    if not len(chosen):
        return Found(groups, 0, points, 0.0)
    points[chosen] = _projected(opinions, chosen)
    labels = _grouped(points[chosen])
    groups[chosen] = labels
    return Found(groups, int(labels.max()) + 1, points, _lasting(opinions, chosen, labels))


def _projected(opinions: Opinions, chosen: Places) -> Floats:
    """Return people x 2: their opinions along the two directions that differ most.

    What someone did not see counts as the mean; who saw little is moved out accordingly.
    """
    values, seen = opinions.values[chosen], opinions.seen[chosen]
    given = np.where(seen, values, 0).astype(np.float64)
    counts = seen.sum(axis=0)
    means = given.sum(axis=0) / np.maximum(counts, 1)
    centred = np.where(seen, given - means, 0.0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    main = directions[:, ::-1][:, :2]
    # A direction has no sign of its own: its largest part is made positive.
    largest = np.abs(main).argmax(axis=0)
    main = main * np.where(main[largest, range(main.shape[1])] < 0, -1.0, 1.0)
    scale = np.sqrt(values.shape[1] / seen.sum(axis=1))
    flat = centred @ main * scale[:, None]
    return np.pad(flat, ((0, 0), (0, 2 - flat.shape[1])))


def _grouped(points: Floats) -> Places:
    """Return the group of each point, by the number of groups that parts them best."""
    base, centres, sizes = _base(points)
    best, best_width = np.zeros(len(centres), dtype=np.intp), 0.0
    for number in range(2, min(MOST_GROUPS, len(centres)) + 1):
        _, labels = np.unique(_kmeans(centres, sizes, number), return_inverse=True)
        width = _silhouette(centres, sizes, labels)
        if width > best_width + 1e-9:
            best, best_width = labels, width
    return _by_size(best[base])


def _base(points: Floats) -> tuple[Places, Floats, Floats]:
    """Return for each point its base, and the centres and sizes of the bases."""
    places, base, sizes = np.unique(
        points.round(9), axis=0, return_inverse=True, return_counts=True
    )
    base, weights = base.reshape(-1), sizes.astype(np.float64)
    if len(places) <= BASE:
        return base, places, weights
    labels, _ = _one_kmeans(places, weights, BASE, np.random.default_rng(SEED), BASE_TURNS)
    _, labels = np.unique(labels, return_inverse=True)
    weight = np.bincount(labels, weights).astype(np.float64)
    centres = np.stack([np.bincount(labels, weights * places[:, i]) for i in (0, 1)], axis=1)
    return labels[base], centres / weight[:, None], weight


def _kmeans(points: Floats, weights: Floats, number: int) -> Places:
    """Return the best of a few weighted k-means, each begun on its own seed."""
    chances = (np.random.default_rng(SEED + turn) for turn in range(TRIES))
    found = [_one_kmeans(points, weights, number, chance, TURNS) for chance in chances]
    return min(found, key=lambda one: one[1])[0]


def _one_kmeans(
    points: Floats, weights: Floats, number: int, chance: np.random.Generator, turns: int
) -> tuple[Places, float]:
    """Return the labels of one weighted k-means, and how spread the points are around centres."""
    centres = _begun(points, weights, number, chance)
    labels = _distances(points, centres).argmin(axis=1)
    for _ in range(turns):
        weight = np.bincount(labels, weights, minlength=number)
        held = weight > 0
        for axis in (0, 1):
            sums = np.bincount(labels, weights * points[:, axis], minlength=number)
            centres[held, axis] = sums[held] / weight[held]
        moved = _distances(points, centres).argmin(axis=1)
        if (moved == labels).all():
            break
        labels = moved
    spread = _distances(points, centres)[np.arange(len(points)), labels]
    return labels, float((spread * weights).sum())


def _begun(points: Floats, weights: Floats, number: int, chance: np.random.Generator) -> Floats:
    """Return centres to begin with, each far from the others: k-means++ (Arthur, 2007)."""
    places = [int(chance.choice(len(points), p=weights / weights.sum()))]
    far = np.full(len(points), np.inf)
    for _ in range(number - 1):
        apart = points - points[places[-1]]
        far = np.minimum(far, (apart * apart).sum(axis=1))
        chances = far * weights
        places.append(int(chance.choice(len(points), p=chances / chances.sum())))
    return points[places].copy()


def _distances(points: Floats, centres: Floats) -> Floats:
    """Return the squared distance of each point to each centre."""
    squares = (points * points).sum(axis=1)[:, None] + (centres * centres).sum(axis=1)
    apart: Floats = np.maximum(squares - 2 * (points @ centres.T), 0.0)
    return apart


def _silhouette(points: Floats, weights: Floats, labels: Places) -> float:
    """Return how well groups are parted, from -1 to 1, each point counted by its weight."""
    apart = np.sqrt(_distances(points, points))
    number = int(labels.max()) + 1
    inside = (labels[:, None] == np.arange(number)).astype(np.float64) * weights[:, None]
    totals, sizes = apart @ inside, inside.sum(axis=0)
    own = labels
    rows = np.arange(len(points))
    own_size = sizes[own] - weights
    near = totals[rows, own] / np.maximum(sizes[own] - 1, 1)
    means = totals / sizes
    means[rows, own] = np.inf
    far = means.min(axis=1)
    largest = np.maximum(near, far)
    alone = (own_size <= 0) & (weights <= 1)
    width = np.where((largest > 0) & ~alone, (far - near) / np.where(largest > 0, largest, 1), 0.0)
    return float((width * weights).sum() / weights.sum())


def _by_size(labels: Places) -> Places:
    """Number groups from the largest, then from the first person."""
    names, first, counts = np.unique(labels, return_index=True, return_counts=True)
    order = np.lexsort((first, -counts))
    place = np.empty(len(names), dtype=np.intp)
    place[order] = np.arange(len(names))
    return place[np.searchsorted(names, labels)]


def _lasting(opinions: Opinions, chosen: Places, labels: Places) -> float:
    """Return how far the groups are those of samples of the people."""
    chance = np.random.default_rng(SEED)
    size = max(1, int(len(chosen) * SAMPLED))
    found = []
    for _ in range(SAMPLES):
        kept = np.sort(chance.choice(len(chosen), size=size, replace=False))
        again = _grouped(_projected(opinions, chosen[kept]))
        found.append(agreement(labels[kept], again))
    return float(np.mean(found))


def agreement(one: Places, other: Places) -> float:
    """Return the adjusted Rand index of two groupings: 1 the same, about 0 by chance.

    Hubert and Arabie (1985), "Comparing partitions".
    """
    table = np.zeros((int(one.max()) + 1, int(other.max()) + 1))
    np.add.at(table, (one, other), 1)
    pairs = (table * (table - 1) / 2).sum()
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    in_rows, in_columns = (rows * (rows - 1) / 2).sum(), (columns * (columns - 1) / 2).sum()
    every = len(one) * (len(one) - 1) / 2
    expected = in_rows * in_columns / every if every else 0.0
    most = (in_rows + in_columns) / 2
    return 1.0 if most == expected else float((pairs - expected) / (most - expected))
