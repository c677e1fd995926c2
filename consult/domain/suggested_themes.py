"""Suggested themes: what several texts under one question speak of, found by their words alone.

The texts become TF-IDF vectors of their stems; a non-negative factorisation (Lee and Seung, 1999)
proposes groups. A group is only suggested when it comes back each time a fifth of the texts is
left out (C. Hennig, Cluster-wise assessment of cluster stability, 2007), and when its texts are
more alike than those of any group of its size found among the same words drawn by lot. The texts
too far from every group stay unclassified, and nothing at all is suggested where nothing is sure.
What people named before comes first: texts join it, and it keeps its identity. Suggestions help
to read; they are no findings. The same texts and the same seed give the same suggestions.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import TfidfVectorizer

FEWEST_TEXTS = 30  # under that, people see by themselves what comes back
FEWEST_HELD = 8
MOST = 8
SAMPLE = 4_000  # the groups are looked for among so many texts at most, and all texts join them
SHARE, TURNS = 0.8, 8
MIXED = 4  # times that chance is asked what groups it makes
ROUNDS = 80  # of the factorisation: more change nothing that is seen
STABLE = 0.7  # mean Jaccard similarity under resampling: above Hennig's "pattern" (0.6)
NEAR = 0.2  # cosine to the centre of a group, under which a text stays outside
ONE = 0.5  # cosine of the centres of two groups, above which they are one
CLEAR = 1.15  # how much nearer than to the next group
FEWEST_HOLDING = 3  # texts that hold a word worth counting
EVERYWHERE = 0.5  # a word that half of the texts hold tells none of them
TERMS = 8

Vectors = NDArray[np.float64]
Places = NDArray[np.intp]
Groups = list[tuple[int, float]]


@dataclass(frozen=True)
class Suggestion:
    """Texts that speak of the same: their places, the nearest to the centre first.

    `known` is the name given to what people keep, None for what is new. `near` says how near each
    text is, `stability` how surely the group comes back, both from 0 to 1.
    """

    known: str | None
    texts: tuple[int, ...]
    near: tuple[float, ...]
    stems: tuple[str, ...]
    stability: float


def suggest(
    texts: Sequence[Sequence[str]],
    kept: Mapping[str, Sequence[int]],
    told: Callable[[], None] = lambda: None,
    seed: int = 0,
) -> list[Suggestion]:
    """Return the themes of texts, given by their terms in order: those kept first, then new ones.

    `kept` are what people named, with the places of the texts that were there; they are returned
    even when no text is near any more. `told` is called now and then; what it raises stops this.
    """
    held = {name: list(places) for name, places in kept.items()}
    counter = _counter(texts) if len(texts) >= FEWEST_TEXTS else None
    if counter is None:
        return [_empty(name) for name in held]
    vectors, vocabulary = counter.transform(texts), list(counter.get_feature_names_out())
    centres = _centres(vectors, list(held.values()))
    joined, near = _nearest(vectors, centres)
    found = [
        _suggestion(name, np.flatnonzero(joined == place), near, vectors, vocabulary, 1.0)
        for place, name in enumerate(held)
    ]
    rest = np.flatnonzero(joined < 0)
    fresh = []
    if len(rest) >= FEWEST_TEXTS:
        chance = np.random.default_rng(seed)
        read = rest if len(rest) <= SAMPLE else np.sort(chance.choice(rest, SAMPLE, False))
        mixed = _mixed([texts[one] for one in read.tolist()], chance)
        by_chance = _by_chance([counter.transform(one) for one in mixed])
        told()
        fresh = _fresh(vectors, read, by_chance, told, chance)
    centres = _centres(vectors, [places for places, _sure in fresh])
    joined[rest], near[rest] = _nearest(vectors[rest], centres)
    new = [
        _suggestion(None, members, near, vectors, vocabulary, sure)
        for place, (_places, sure) in enumerate(fresh)
        if len(members := rest[joined[rest] == place]) >= FEWEST_HELD
    ]
    return found + sorted(new, key=lambda one: (-len(one.texts), one.texts))


def _counter(texts: Sequence[Sequence[str]]) -> TfidfVectorizer | None:
    """Return what makes a row of a text; None where no word is held by enough of them."""
    counter = TfidfVectorizer(
        analyzer=list,
        min_df=FEWEST_HOLDING,
        max_df=EVERYWHERE,
        sublinear_tf=True,
    )
    try:
        return counter.fit(texts)
    except ValueError:  # no word is left
        return None


def _mixed(texts: Sequence[Sequence[str]], chance: np.random.Generator) -> list[list[list[str]]]:
    """Return the same texts with all their words drawn anew: there, nothing speaks of the same."""
    words = np.array([word for text in texts for word in text], dtype=object)
    cuts = np.cumsum([len(text) for text in texts])[:-1]
    return [
        [part.tolist() for part in np.split(chance.permutation(words), cuts)]
        for _turn in range(MIXED)
    ]


def _by_chance(mixed: Sequence[Any]) -> Groups:
    """Return the groups that chance alone makes: how many texts each has, how alike they are."""
    found: Groups = []
    for vectors in mixed:
        groups = _grouped(vectors, _number(vectors.shape[0]), 0)
        sets = [np.flatnonzero(groups == one) for one in range(int(groups.max()) + 1)]
        found += [(len(one), _alike(vectors[one])) for one in sets if len(one) >= FEWEST_HELD]
    return found


def _alike(vectors: Any) -> float:
    """Return the mean cosine of two texts of a group of two or more, whatever its size."""
    number = vectors.shape[0]
    whole = np.asarray(vectors.sum(axis=0)).ravel()
    return float((whole @ whole - vectors.multiply(vectors).sum()) / (number * (number - 1)))


def _number(texts: int) -> int:
    """Return how many groups to look for among so many texts."""
    return int(min(MOST, max(2, round((texts / 12) ** 0.5))))


def _fresh(
    vectors: Any,
    read: Places,
    by_chance: Groups,
    told: Callable[[], None],
    chance: np.random.Generator,
) -> list[tuple[Places, float]]:
    """Return the groups that come back, as places of texts, with how surely.

    The texts of each are more alike than those of any group of its size that chance made.
    """
    number = _number(len(read))
    groups = _grouped(vectors[read], number, 0)
    again = np.zeros((TURNS, number))
    for turn in range(TURNS):
        part = np.sort(chance.choice(len(read), int(SHARE * len(read)), replace=False))
        other = _grouped(vectors[read[part]], number, turn + 1)
        again[turn] = _overlaps(groups[part], other, number)
        told()
    found = []
    for one, sure in enumerate(again.mean(axis=0).tolist()):
        places = read[groups == one]
        least = max((alike for size, alike in by_chance if 2 * size >= len(places)), default=0.0)
        told_apart = FEWEST_HELD <= len(places) <= EVERYWHERE * vectors.shape[0]
        if sure >= STABLE and told_apart and _alike(vectors[places]) > least:
            found.append((places, sure))
    return found


def _grouped(vectors: Any, number: int, seed: int) -> Places:
    """Return the group of each text, -1 for one that is near none."""
    model = NMF(number, init="nndsvda", random_state=seed, max_iter=ROUNDS, tol=0)
    weights = model.fit_transform(vectors)
    first = np.where(weights.max(axis=1) > 0, weights.argmax(axis=1), -1)
    centres = _centres(vectors, [np.flatnonzero(first == one) for one in range(number)])
    first = np.append(_joined(centres), -1)[first]
    centres = _centres(vectors, [np.flatnonzero(first == one) for one in range(number)])
    return _nearest(vectors, centres)[0]


def _joined(centres: Vectors) -> Places:
    """Return, for each group, the first of those whose centres are so near that they are one."""
    alike = centres @ centres.T >= ONE
    for between in range(len(centres)):
        alike |= alike[:, [between]] & alike[[between], :]
    return np.where(alike.any(axis=1), alike.argmax(axis=1), np.arange(len(centres)))


def _overlaps(groups: Places, other: Places, number: int) -> Vectors:
    """Return, for each group, how well the best of the other ones covers it (Jaccard)."""
    table = np.zeros((number, number))
    both = (groups >= 0) & (other >= 0)
    np.add.at(table, (groups[both], other[both]), 1)
    mine = np.array([(groups == one).sum() for one in range(number)])
    theirs = np.array([(other == one).sum() for one in range(number)])
    union = mine[:, None] + theirs[None, :] - table
    return np.asarray((table / np.maximum(union, 1)).max(axis=1), dtype=np.float64)


def _centres(vectors: Any, groups: Sequence[Any]) -> Vectors:
    """Return the direction of each group; one without texts is near nothing."""
    rows = [
        np.asarray(vectors[places].mean(axis=0)).ravel()
        if len(places)
        else np.zeros(vectors.shape[1])
        for places in groups
    ]
    centres = np.array(rows).reshape(len(rows), vectors.shape[1])
    lengths = np.linalg.norm(centres, axis=1, keepdims=True)
    return centres / np.where(lengths > 0, lengths, 1)


def _nearest(vectors: Any, centres: Vectors) -> tuple[Places, Vectors]:
    """Return the group that each text joins, -1 for none, and how near it is."""
    if not len(centres):
        return np.full(vectors.shape[0], -1), np.zeros(vectors.shape[0])
    cosines = np.asarray(vectors @ centres.T)
    best = cosines.argmax(axis=1)
    near = cosines.max(axis=1)
    second = np.partition(cosines, -2, axis=1)[:, -2] if len(centres) > 1 else np.zeros(len(near))
    return np.where((near >= NEAR) & (near >= CLEAR * second), best, -1), near


def _suggestion(
    known: str | None,
    members: Places,
    near: Vectors,
    vectors: Any,
    vocabulary: Sequence[str],
    sure: float,
) -> Suggestion:
    if not len(members):
        return Suggestion(known, (), (), (), sure)
    ranked = sorted(members.tolist(), key=lambda one: (-near[one], one))
    inside = np.asarray(vectors[members].mean(axis=0)).ravel()
    outside = np.asarray(vectors.mean(axis=0)).ravel()
    order = np.argsort(-(inside - outside), kind="stable")[:TERMS]
    stems = tuple(vocabulary[one] for one in order if inside[one] > outside[one])
    return Suggestion(known, tuple(ranked), tuple(float(near[one]) for one in ranked), stems, sure)


def _empty(name: str) -> Suggestion:
    return Suggestion(name, (), (), (), 1.0)
