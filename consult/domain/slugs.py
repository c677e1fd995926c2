"""The readable end of an address, made from a title."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain, count

LIMIT = 80
_ROOM_FOR_SUFFIX = 8
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})


def of(title: str) -> str:
    """Return a title in plain lower-case letters, figures and hyphens; "sans-titre" for none.

    It is cut at a whole word, eight characters short of the limit, so that a number fits behind.
    """
    lowered = unicodedata.normalize("NFKD", title.lower().translate(_LETTERS))
    words = re.findall(r"[a-z0-9]+", "".join(c for c in lowered if not unicodedata.combining(c)))
    kept = ""
    for word in words:
        longer = f"{kept}-{word}" if kept else word
        if len(longer) > LIMIT - _ROOM_FOR_SUFFIX:
            break
        kept = longer
    return kept or "-".join(words)[: LIMIT - _ROOM_FOR_SUFFIX] or "sans-titre"


def candidates(title: str) -> Iterator[str]:
    """Yield the slug of a title, then the same followed by 2, 3 and so on."""
    first = of(title)
    return chain([first], (f"{first}-{number}" for number in count(2)))
