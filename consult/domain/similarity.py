"""Texts that look alike: shown before sending, so that people join a proposal already there.

And texts that say nearly the same, shown together to whoever reads them before they are public.
"""

from collections import Counter
from collections.abc import Iterable
from heapq import nlargest
from math import ceil, sqrt

from . import searching

THRESHOLD = 0.5
NEARLY_SAME = 0.9
_FEWEST = 5  # of telling stems: "Oui" sent a hundred times is a hundred answers
_SHORTEST = 3
_ROUNDING = 1e-9
_COMMON = frozenset(
    searching.normalise(
        "les des une aux pour par sur dans avec sans sous que qui quoi dont est sont être avoir "
        "ont ces cet cette son ses leur leurs notre nos votre vos mes ils elles nous vous mais "
        "donc car comme plus moins tout tous toute toutes aussi ainsi afin pas faire fait peut "
        "doit entre chez vers très"
    ).split()
)


def alike(
    text: str,
    candidates: Iterable[tuple[str, str]],
    threshold: float = THRESHOLD,
    most: int = 5,
) -> list[tuple[str, float]]:
    """Return the ids of the candidates that look like `text`, the closest first, with a score.

    A candidate is an id and its text as `searching.normalise` returns it. The score is the cosine
    of the two sets of telling stems (Ochiai 1957), from 0 to 1; order does not count.
    """
    ours = _telling(searching.stems(text))
    scored = ((_cosine(ours, _telling(stems.split())), name) for name, stems in candidates)
    close = nlargest(most, (pair for pair in scored if pair[0] >= threshold))
    return [(name, score) for score, name in close]


def repeated(texts: Iterable[tuple[str, str]], threshold: float = NEARLY_SAME) -> list[list[str]]:
    """Return the groups of texts that say nearly the same: the ids of each, in the order given.

    A text is an id and its stems as `searching.normalise` returns them. It joins the first group
    whose first text is close enough, so that a group is always around one text. Only groups that
    share one of a text's rarest stems are compared with it (prefix filter, Bayardo et al. 2007):
    two sets that close cannot differ in all of them.
    """
    telling = [(name, _telling(stems.split())) for name, stems in texts]
    kept = [(name, ours) for name, ours in telling if len(ours) >= _FEWEST]
    numbers = Counter(stem for _name, ours in kept for stem in ours)
    groups: list[tuple[set[str], list[str]]] = []
    around: dict[str, list[int]] = {}
    for name, ours in kept:
        rare = sorted(ours, key=lambda stem: (numbers[stem], stem))
        rarest = rare[: len(ours) - ceil(threshold**2 * len(ours) - _ROUNDING) + 1]
        near = sorted({place for stem in rarest for place in around.get(stem, ())})
        for place in near:
            if _cosine(ours, groups[place][0]) >= threshold:
                groups[place][1].append(name)
                break
        else:
            for stem in rarest:
                around.setdefault(stem, []).append(len(groups))
            groups.append((ours, [name]))
    return [names for _first, names in groups if len(names) > 1]


def _telling(stems: Iterable[str]) -> set[str]:
    return {stem for stem in stems if len(stem) >= _SHORTEST} - _COMMON


def _cosine(ours: set[str], theirs: set[str]) -> float:
    if not ours or not theirs:
        return 0.0
    return len(ours & theirs) / sqrt(len(ours) * len(theirs))
