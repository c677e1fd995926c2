"""Key terms: the words that tell a theme, or a question, from the others.

Class TF-IDF (M. Grootendorst, BERTopic, 2022) over the number of texts that hold a word, not over
how often it is said: whoever repeats a word fifty times says it once. A word is only shown when
the gap cannot be put down to chance; where nothing tells a theme from the others, nothing is shown.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from . import masking, searching, words

FEWEST_TEXTS = 30
FEWEST_HOLDING = masking.FEWEST
MOST = 12
CERTAIN = 3.29  # the 99.9 % point of the normal law, on both sides
# Words of another language that tell nothing; those that are also words of French are left in.
_FOREIGN = frozenset(
    searching.stems(
        "the and for that this with are was were not you your from have has had will would should"
        " could can any they them their our which who what when where how there been being than"
        " into only such its his her she him about these those then because also der die das und"
        " ist nicht mit von los las del que para una con por che non per della sono"
    )
)


@dataclass(frozen=True)
class Text:
    """The terms of a text; `again` says that a text nearly identical was counted already."""

    terms: frozenset[str]
    again: bool = False


@dataclass(frozen=True)
class Term:
    """A word that tells, how many texts here hold it, and its share elsewhere (from 0 to 1)."""

    stem: str
    texts: int
    share: float
    elsewhere: float


def telling(places: Mapping[str, Sequence[Text]]) -> dict[str, list[Term]]:
    """Return the terms that tell each place from all the others, the most telling first.

    Nearly identical texts weigh once, and are counted each. A place with too few texts tells
    nothing and is told nothing; neither is the only one.
    """
    once = {
        name: [one.terms for one in texts if not one.again]
        for name, texts in places.items()
        if sum(not one.again for one in texts) >= FEWEST_TEXTS
    }
    if len(once) < 2:
        return {}
    inside = {name: _counted(texts) for name, texts in once.items()}
    everywhere = sum(inside.values(), Counter[str]())
    sizes = {name: len(texts) for name, texts in once.items()}
    found = {}
    for name, counts in inside.items():
        stems = _best(counts, everywhere, sizes[name], sizes)
        total = _counted(one.terms for one in places[name])
        rest = sum(sizes.values()) - sizes[name]
        found[name] = [
            Term(one, total[one], counts[one] / sizes[name], (everywhere[one] - counts[one]) / rest)
            for one in stems
        ]
    return found


def terms_of(search: str) -> frozenset[str]:
    """Return the terms among the stems of a text, as the search holds them."""
    return frozenset(
        stem
        for stem in search.split()
        if len(stem) >= words.SHORTEST and stem not in words.STOPS and not stem.isdecimal()
    )


def _counted(texts: Iterable[frozenset[str]]) -> Counter[str]:
    return Counter(term for terms in texts for term in terms)


def _best(
    counts: Counter[str], everywhere: Counter[str], size: int, sizes: Mapping[str, int]
) -> list[str]:
    total = sum(sizes.values())
    usual = total / len(sizes)

    def weight(term: str) -> float:
        return counts[term] / size * log(1 + usual / everywhere[term])

    kept = [
        term
        for term, number in counts.items()
        if number >= FEWEST_HOLDING
        and term not in _FOREIGN
        and _certain(number, size, everywhere[term], total)
    ]
    return sorted(kept, key=lambda term: (-weight(term), term))[:MOST]


def _certain(number: int, size: int, everywhere: int, total: int) -> bool:
    """Tell whether a word is held more here than elsewhere, chance aside (two proportions)."""
    rest = total - size
    share = everywhere / total
    spread = sqrt(share * (1 - share) * (1 / size + 1 / rest))
    gap = number / size - (everywhere - number) / rest
    return gap > CERTAIN * spread
