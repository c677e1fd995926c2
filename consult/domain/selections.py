"""The passages shown for a theme or a question: those that stand for many, and every position.

Five passages stand for as many texts as five can. A position that enough people declare and that
none of the five speaks for brings one more. Nothing is shown where there is too little to choose
from, or where no few passages stand for the others. It helps to read; it decides nothing.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from . import draws, passages, positions, readings, representatives, words

FEWEST_TEXTS = readings.FEWEST_TEXTS
NUMBER = 5
MOST_CANDIDATES = 5_000  # of more, so many are drawn by lot, always the same
FEWEST_COVERED = 0.05  # of the texts; below, five passages stand for nobody,
BEYOND_CHANCE = 1.1  # nor where they resemble hardly more words dealt at random
_LINK = re.compile(r"(?:https?://|www\.)\S+")
Told = Callable[[int], None]


@dataclass(frozen=True)
class Text:
    """A text as it is compared; `leader` is the one that says the same and stands for it."""

    id: str
    body: str
    voice: positions.Voice
    leader: str | None = None


@dataclass(frozen=True)
class Verbatim:
    """A passage shown, and the positions that it was added for: none for the first five."""

    id: str
    starts: int
    ends: int
    kept_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class Selection:
    """What is shown of a place; without verbatims where one cannot be sure.

    `texts` is how many were compared, those nearly identical once; `covered` the share of them
    that resemble a verbatim; `positions` those of enough people; `alone` the texts that resemble
    no other.
    """

    texts: int
    covered: float
    verbatims: tuple[Verbatim, ...]
    positions: Mapping[str, int]
    alone: tuple[str, ...]


def select(texts: Iterable[Text], told: Told = lambda _done: None) -> Selection:
    """Return what is shown of the texts of a place, whatever their order.

    `told` hears now and then how many were compared; what it raises stops the search.
    """
    every = sorted(texts, key=lambda one: one.id)
    once = _once(every)
    held = positions.held(one.voice for one in every)
    nothing = Selection(len(once), 0.0, (), held, ())
    if len(once) < FEWEST_TEXTS:
        return nothing
    terms = [terms_of(one.body) for one in once]
    space = representatives.space(terms)
    lone = tuple(once[place].id for place in representatives.alone(space, terms, told))
    choice = _Choice(once, terms, space)
    if not choice.is_sure(told):
        return replace(nothing, alone=lone)
    verbatims, covered = choice.made(held)
    return replace(nothing, covered=covered, verbatims=verbatims, alone=lone)


def terms_of(text: str) -> list[str]:
    """Return the terms of a text, without its links: they say where, not what."""
    return words.terms(_LINK.sub(" ", text))


def _once(texts: Sequence[Text]) -> list[Text]:
    """Return one text of each group of nearly identical ones: the leader where it is here.

    It declares the positions of all of its group.
    """
    groups: dict[str, list[Text]] = {}
    for one in texts:
        groups.setdefault(one.leader or one.id, []).append(one)
    found = []
    for leader, group in groups.items():
        first = next((one for one in group if one.id == leader), group[0])
        told = dict.fromkeys(position for one in group for position in one.voice.positions)
        found.append(replace(first, voice=replace(first.voice, positions=tuple(told))))
    return sorted(found, key=lambda one: one.id)


class _Choice:
    """The passages that may be chosen among texts, each the one that tells most of its text."""

    def __init__(
        self,
        texts: Sequence[Text],
        terms: Sequence[Sequence[str]],
        space: representatives.Space,
    ) -> None:
        rare = representatives.rarity(terms)
        found = [representatives.passage(one.body, rare, terms_of) for one in texts]
        self.texts = texts
        self.passages = [one or _whole(text.body) for one, text in zip(found, texts, strict=True)]
        fit = [place for place, one in enumerate(found) if one is not None]
        drawn = set(draws.drawn((texts[place].id for place in fit), 0, MOST_CANDIDATES))
        self.fit = [place for place in fit if texts[place].id in drawn]
        self.is_fit = [one is not None for one in found]
        cut = [
            terms_of(text.body[one.starts : one.ends])
            for text, one in zip(texts, self.passages, strict=True)
        ]
        self.terms, self.lengths = terms, [len(one) for one in cut]
        self.rows = space.rows(cut)
        self.first: list[int] = []

    def is_sure(self, told: Told) -> bool:
        """Choose the first passages; tell whether they stand for more than chance would give."""
        self.first, likeness = self._best(self.rows, told)
        if representatives.covered(self.rows, self.first, len(self.texts)) < FEWEST_COVERED:
            return False
        dealt = representatives.dealt(self.terms)
        begun = [one[:most] for one, most in zip(dealt, self.lengths, strict=True)]
        _first, chance = self._best(representatives.space(dealt).rows(begun), told)
        return likeness >= BEYOND_CHANCE * chance

    def made(self, held: Iterable[str]) -> tuple[tuple[Verbatim, ...], float]:
        """Return the passages, one at least a position, and the share of the texts they cover."""
        kept: dict[int, list[str]] = {place: [] for place in self.first}
        for position in held:
            self._keep(position, kept)
        covered = representatives.covered(self.rows, list(kept), len(self.texts))
        return tuple(self._verbatim(place, why) for place, why in kept.items()), covered

    def _best(self, rows: representatives.Rows, told: Told) -> tuple[list[int], float]:
        """Return the passages that stand for most, and how much they resemble the texts."""
        chosen = representatives.greedy(rows, self.fit, NUMBER, np.zeros(len(self.texts)), told)
        return chosen, float(rows(chosen).max(axis=0).sum()) if chosen else 0.0

    def _keep(self, position: str, kept: dict[int, list[str]]) -> None:
        """Add the passage of a position that adds most, unless one speaks for it already."""
        if any(position in self._positions(place) for place in kept):
            return
        having = [
            place
            for place, cut in enumerate(self.passages)
            if cut.ends > cut.starts and position in self._positions(place)
        ]
        among = [place for place in having if self.is_fit[place]] or having
        best = self.rows(list(kept)).max(axis=0)
        for place in representatives.greedy(self.rows, among, 1, best) or among[:1]:
            kept[place] = [position]

    def _positions(self, place: int) -> Sequence[str]:
        return self.texts[place].voice.positions

    def _verbatim(self, place: int, why: Sequence[str]) -> Verbatim:
        cut = self.passages[place]
        return Verbatim(self.texts[place].id, cut.starts, cut.ends, tuple(why))


def _whole(text: str) -> passages.Passage:
    """Return the beginning of a text that has no passage of the right length."""
    cut = passages.sentences(text)
    if not cut:
        return passages.Passage(0, 0)
    starts, ends = cut[0]
    held = text[starts : min(ends, starts + representatives.LONGEST)]
    if starts + len(held) < ends:
        held = held.rpartition(" ")[0] or held
    return passages.Passage(starts, starts + len(held.rstrip()))
