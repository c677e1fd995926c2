"""Passages that stand for many texts, and texts that resemble no other.

Greedy facility location (Nemhauser, Wolsey, Fisher 1978): each passage is the one that adds most
likeness to the texts that those before resemble least, so that five passages stand for more people
than the five nearest to the middle, which all say the same. It is at least 63 % of the best choice.
Likeness is the cosine of the TF-IDF of their terms.
"""

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import log

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from . import passages

SHORTEST, LONGEST = 60, 600  # characters of a passage
ALIKE = 0.15  # from here on, one resembles the other: chance alone gives a third as much
FEWEST_TERMS = 5  # of a text that resembles no other: "Oui" resembles nothing
AT_ONCE = 250
_SEED = 7
_NOTHING = 1e-9

Array = NDArray[np.float64]
Rows = Callable[[Sequence[int]], Array]
Told = Callable[[int], None]
Terms = Sequence[str]


@dataclass(frozen=True)
class Space:
    """Where texts stand: the weights of their terms, a row a text."""

    weights: csr_matrix
    vectorizer: TfidfVectorizer | None

    def rows(self, terms: Sequence[Terms]) -> Rows:
        """Return what tells how much passages, by their places, resemble every text: 0 to 1."""
        if self.vectorizer is None:
            return lambda places: np.zeros((len(places), self.weights.shape[0]))
        passages, texts = self.vectorizer.transform(terms), self.weights.T.tocsr()

        def rows(places: Sequence[int]) -> Array:
            found: Array = (passages[list(places)] @ texts).toarray()
            return found

        return rows


def space(terms: Sequence[Terms]) -> Space:
    """Return where texts stand, each given by its terms."""
    vectorizer = TfidfVectorizer(analyzer=_as_given, sublinear_tf=True)
    try:
        return Space(vectorizer.fit_transform(terms), vectorizer)
    except ValueError:  # no text has a term
        return Space(csr_matrix((len(terms), 1)), None)


def dealt(terms: Sequence[Terms]) -> list[Terms]:
    """Deal the terms of texts to them at random, as many to each as it had: what chance gives."""
    every = [one for held in terms for one in held]
    left = (every[place] for place in np.random.default_rng(_SEED).permutation(len(every)))
    return [list(islice(left, len(held))) for held in terms]


def greedy(
    rows: Rows, candidates: Sequence[int], number: int, best: Array, told: Told = lambda _done: None
) -> list[int]:
    """Choose a number of candidates that together resemble the texts most; fewer if none adds.

    `best` is how much each text is resembled already. Of equal candidates, the first is chosen.
    Lazily (Minoux 1978): what a candidate adds never grows, so that few are looked at again.
    """
    waiting = []
    for start in range(0, len(candidates), AT_ONCE):
        some = candidates[start : start + AT_ONCE]
        gains = np.maximum(rows(some) - best, 0.0).sum(axis=1)
        waiting += [(-float(gain), one, 0) for gain, one in zip(gains, some, strict=True)]
        told(start)
    heapq.heapify(waiting)
    chosen: list[int] = []
    while waiting and len(chosen) < number:
        lost, one, turn = heapq.heappop(waiting)
        if -lost <= _NOTHING:
            break
        row = rows([one])[0]
        if turn == len(chosen):
            chosen.append(one)
            best = np.maximum(best, row)
        else:
            gain = float(np.maximum(row - best, 0.0).sum())
            heapq.heappush(waiting, (-gain, one, len(chosen)))
    return chosen


def covered(rows: Rows, chosen: Sequence[int], texts: int) -> float:
    """Return the share of the texts that resemble one of the chosen passages."""
    if not chosen or not texts:
        return 0.0
    return float((rows(chosen).max(axis=0) >= ALIKE - _NOTHING).sum()) / texts


def alone(found: Space, terms: Sequence[Terms], told: Told = lambda _done: None) -> list[int]:
    """Return the places of the texts that resemble no other; those too short to tell are not."""
    weights = found.weights
    judged = [place for place, one in enumerate(terms) if len(set(one)) >= FEWEST_TERMS]
    nearest = np.zeros(len(terms))
    for start in range(0, len(terms), AT_ONCE):
        part = csr_matrix(weights[start : start + AT_ONCE] @ weights.T)
        sizes = np.diff(part.indptr)
        itself = np.repeat(np.arange(len(sizes)) + start, sizes) == part.indices
        near = np.where(itself, 0.0, part.data)
        full = np.flatnonzero(sizes)
        if len(full):
            nearest[full + start] = np.maximum.reduceat(near, part.indptr[full])
        told(start)
    return [place for place in judged if nearest[place] < ALIKE - _NOTHING]


def rarity(terms: Iterable[Terms]) -> dict[str, float]:
    """Return how rare each term is among texts: what a passage that holds it tells."""
    numbers: dict[str, int] = {}
    total = 0
    for one in terms:
        total += 1
        for term in set(one):
            numbers[term] = numbers.get(term, 0) + 1
    return {term: log((1 + total) / (1 + number)) for term, number in numbers.items() if number > 1}


def passage(
    text: str, rare: Mapping[str, float], terms: Callable[[str], Terms]
) -> passages.Passage | None:
    """Return the passage of a text that tells most of it: all of it if it is short enough.

    Of a longer one, the sentences in a row that hold the most telling terms; None for none that
    is neither too short nor too long.
    """
    left = len(text) - len(text.lstrip())
    whole = passages.Passage(left, left + len(text.strip()))
    if whole.ends - whole.starts <= LONGEST:
        return whole if whole.ends - whole.starts >= SHORTEST else None
    cut = passages.sentences(text)
    told = [set(terms(text[one.starts : one.ends])) for one in cut]
    best, most = None, -1.0
    for first, begin in enumerate(cut):
        last = first
        while last + 1 < len(cut) and cut[last + 1].ends - begin.starts <= LONGEST:
            last += 1
        if not SHORTEST <= cut[last].ends - begin.starts <= LONGEST:
            continue
        held = set().union(*told[first : last + 1])
        score = sum(sorted(rare.get(term, 0.0) for term in held))
        if score > most:
            best, most = passages.Passage(begin.starts, cut[last].ends), score
    return best


def _as_given(terms: Terms) -> Terms:
    return terms
