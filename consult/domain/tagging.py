"""Tags proposed for the texts that nobody tagged, learned from those that people tagged.

The texts become TF-IDF vectors of their stems; a logistic regression tells which tag each looks
like. How sure that is, is not taken from the model: what people tagged is hidden from it a fifth at
a time, and what it says is compared with what they said (cross-validation). A tag is proposed from
the lowest confidence at which it is right at least eight times in ten, chance counted in: the lower
bound of E. B. Wilson (1927), so that a lucky few make no rule. Where there is none, nothing is
proposed at all. The five models that were tried are those that propose, their chances averaged: one
learned from all the texts would be surer of itself than what was tried, and less often right. The
same texts give the same proposals, in whatever order they come.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from .reading_tags import FEWEST_EACH, FEWEST_TAGS

FOLDS = 5
# The share that has to be right for each level of confidence, the least sure first.
WANTED = (0.8, 0.9, 0.95)
FEWEST_SURE = 10  # texts on which a share is worked out
CHANCE = 1.2816  # of a normal law: one time in ten, the true share is under the bound
STRENGTH = 10.0  # of the model; tried on République numérique, 1 and 30 do less well
FEWEST_HOLDING = 2  # texts that hold a word worth counting
EVERYWHERE = 0.5  # a word that half of the texts hold tells none of them
MOST_ROUNDS, CLOSE = 1_000, 1e-5
SCALE = 1_000
EMPTY = -1.0

Vectors = Any
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Tagged:
    """A text that a person tagged: its terms and its tag."""

    terms: Sequence[str]
    tag: str


@dataclass(frozen=True)
class Proposal:
    """A tag proposed for a text: how sure the model is, in thousandths, and the level of that."""

    text: str
    tag: str
    confidence: int
    level: int


@dataclass(frozen=True)
class Found:
    """What is proposed, the surest first; how many texts are left without a proposal.

    `thresholds` are the confidences, in thousandths, from which each level begins; None for a
    level that nothing reaches.
    """

    proposals: tuple[Proposal, ...]
    abstained: int
    thresholds: tuple[int | None, ...]


def propose(
    tagged: Mapping[str, Tagged],
    rest: Mapping[str, Sequence[str]],
    told: Callable[[], None] = lambda: None,
    seed: int = 0,
) -> Found:
    """Propose tags for the texts of `rest`, from those that people tagged, both by their keys."""
    known, asked = sorted(tagged), sorted(rest)
    number = Counter(one.tag for one in tagged.values())
    common = {tag for tag, texts in number.items() if texts >= FEWEST_EACH}
    vectors = _vectors([tagged[key].terms for key in known] + [rest[key] for key in asked])
    if len(common) < FEWEST_TAGS or vectors is None:
        return Found((), len(asked), (None,) * len(WANTED))
    tags = np.array([tagged[key].tag for key in known])
    learned = np.array([tag in common for tag in tags])
    mine = vectors[: len(known)]
    models, sure, right = _tried(mine, tags, learned, seed, told)
    thresholds = tuple(threshold(sure, right, wanted) for wanted in WANTED)
    if thresholds[0] is None or not asked:
        return Found((), len(asked), thresholds)
    said, confidence = _said(models, vectors[len(known) :])
    found = [
        Proposal(key, str(tag), int(of), reached)
        for key, tag, of in zip(asked, said, confidence, strict=True)
        if (reached := level(int(of), thresholds))
    ]
    found.sort(key=lambda one: (-one.confidence, one.text))
    return Found(tuple(found), len(asked) - len(found), thresholds)


def threshold(sure: Sequence[int], right: Sequence[bool], wanted: float) -> int | None:
    """Return the lowest confidence at and above which what is right is surely as wanted.

    Worked out on at least ten texts; None where no confidence is enough.
    """
    found, held, good = None, 0, 0
    pairs = sorted(zip(sure, right, strict=True), key=lambda one: -one[0])
    for place, (confidence, is_right) in enumerate(pairs):
        if confidence < 0:
            break
        held, good = held + 1, good + is_right
        is_last = place + 1 == len(pairs) or pairs[place + 1][0] < confidence
        if is_last and held >= FEWEST_SURE and least(good, held) >= wanted:
            found = confidence
    return found


def least(right: int, of: int) -> float:
    """Return the lower bound of the share of what is right, one time in ten too high."""
    share, square = right / of, CHANCE**2
    middle = share + square / (2 * of)
    spread = CHANCE * math.sqrt(share * (1 - share) / of + square / (4 * of**2))
    return (middle - spread) / (1 + square / of)


def level(confidence: int, thresholds: Sequence[int | None]) -> int:
    """Return the highest level that a confidence reaches, 0 for none: nothing is proposed then."""
    reached = [
        place
        for place, lowest in enumerate(thresholds, start=1)
        if lowest is not None and confidence >= lowest
    ]
    return max(reached, default=0)


def _vectors(texts: Sequence[Sequence[str]]) -> Vectors | None:
    """Return a row of weights for each text, None when no word is worth counting."""
    counting = TfidfVectorizer(
        analyzer=list, min_df=FEWEST_HOLDING, max_df=EVERYWHERE, sublinear_tf=True
    )
    try:
        return counting.fit_transform(texts)
    except ValueError:  # no word at all, or none that some texts hold and others do not
        return None


def _model(seed: int) -> LogisticRegression:
    return LogisticRegression(
        C=STRENGTH, class_weight="balanced", max_iter=MOST_ROUNDS, tol=CLOSE, random_state=seed
    )


def _tried(
    vectors: Vectors, tags: Any, learned: Any, seed: int, told: Callable[[], None]
) -> tuple[list[LogisticRegression], list[int], list[bool]]:
    """Return the models, how sure each is of the texts hidden from it, whether it is right.

    A text whose tag is too rare to be learned is asked about too: whatever is said of it is wrong.
    """
    places, rare = np.flatnonzero(learned), np.flatnonzero(~learned)
    models: list[LogisticRegression] = []
    sure: list[int] = []
    right: list[bool] = []
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    for turn, (kept, hidden) in enumerate(folds.split(places, tags[places])):
        model = _model(seed).fit(vectors[places[kept]], tags[places[kept]])
        asked = np.concatenate([places[hidden], rare[turn::FOLDS]])
        said, confidence = _said([model], vectors[asked])
        models.append(model)
        sure += map(int, confidence)
        right += map(bool, said == tags[asked])
        told()
    return models, sure, right


def _said(models: Sequence[LogisticRegression], vectors: Vectors) -> tuple[Any, Numbers]:
    """Return the tag that each text looks like, and how sure that is; under 0 without a word.

    All the models know the same tags: each fold holds some texts of every one.
    """
    chances = sum(model.predict_proba(vectors) for model in models) / len(models)
    best = chances.argmax(axis=1)
    confidence = np.floor(chances.max(axis=1) * SCALE)
    confidence[np.diff(vectors.indptr) == 0] = EMPTY
    return models[0].classes_[best], confidence
