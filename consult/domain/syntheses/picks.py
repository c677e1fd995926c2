"""What a synthesis begins with: the texts most supported, those that divide, and a passage of each.

The texts are ranked by the lower bound of the share of "agree" (`stances.wilson`), so that a few
happy voices do not come before a thousand. Those that nobody weighed are drawn by lot: the
earliest ones were only seen by more people.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Protocol, TypeVar

from .. import masking, stances

SMALL = 30  # below so many texts, one page written by one person is enough
FEWEST_ON_A_SIDE = 5
DIVIDED = 0.2
LONGEST = 400
MASKED_BELOW = masking.FEWEST
_SENTENCE = re.compile(r".+?(?:[.!?…](?=\s)|\n\s*\n|\Z)", re.DOTALL)
_WORD = re.compile(r"\s")


class Weighed(Protocol):
    """A text with the opinions it received."""

    @property
    def id(self) -> str:
        """Its identifier."""

    @property
    def agree(self) -> int:
        """How many agree."""

    @property
    def mixed(self) -> int:
        """How many are mixed."""

    @property
    def disagree(self) -> int:
        """How many disagree."""


Text = TypeVar("Text", bound=Weighed)


def most(texts: int) -> int:
    """Return how many texts of a question a synthesis begins with, of so many in all."""
    return 2 if texts < SMALL else 3


def supported(texts: Iterable[Text], limit: int) -> list[Text]:
    """Return the texts most supported, the best first; ties are drawn by lot, always the same."""
    return sorted(texts, key=lambda one: (-_support(one), _lot(one.id)))[:limit]


def dividing(texts: Iterable[Text], limit: int) -> list[Text]:
    """Return the texts that divide: many people stand firmly on each side."""
    found = [one for one in texts if _division(one) >= DIVIDED]
    return sorted(found, key=lambda one: (-_division(one), _lot(one.id)))[:limit]


def passage(text: str) -> tuple[int, int] | None:
    """Return where the first sentences of a text begin and end, None for an empty one.

    They are at most 400 characters long; a single longer sentence is cut at a word.
    """
    start = len(text) - len(text.lstrip())
    end = start
    for sentence in _SENTENCE.finditer(text, start):
        if sentence.end() - start > LONGEST and end > start:
            break
        end = sentence.end()
        if end - start > LONGEST:
            break
    if end - start > LONGEST:
        spaces = [one.start() for one in _WORD.finditer(text, start, start + LONGEST + 1)]
        end = spaces[-1] if spaces else start + LONGEST
    end = start + len(text[start:end].rstrip())
    return (start, end) if end > start else None


def masked(counts: Mapping[str, int], other: str) -> Sequence[tuple[str, int]]:
    """Return rows of words and numbers, the largest first, small ones put together at the end."""
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    found = masking.masked(rows)
    return [*found.rows, (other, found.together)] if found.together else found.rows


def _support(one: Weighed) -> float:
    return stances.wilson(one.agree, one.mixed, one.disagree)


def _division(one: Weighed) -> float:
    if min(one.agree, one.disagree) < FEWEST_ON_A_SIDE:
        return 0.0
    return min(_support(one), stances.wilson(one.disagree, one.mixed, one.agree))


def _lot(key: str) -> str:
    return sha256(key.encode()).hexdigest()
