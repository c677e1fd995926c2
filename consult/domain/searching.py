"""French full-text search: a text becomes space-separated stems, the same for both databases.

Neither database stems nor strips anything: both index and look up what this module returns, so
that both find the same. See docs/decisions/0001-stemmer-in-the-domain.md.
"""

import re
import unicodedata
from functools import lru_cache

import Stemmer

MOST_TERMS = 12
_WORD_LIMIT = 40  # a longer "word" is a paste; both databases then index the same beginning
_QUERY_LIMIT = 1_000
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'")
_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "œ": "oe", "æ": "ae"})
# Its own cache is not safe between threads; ours is, and is bounded.
_FRENCH = Stemmer.Stemmer("french", 0)


def normalise(text: str) -> str:
    """Return the stems of a text in order, without case, accents, elisions nor ligatures."""
    return " ".join(stems(text))


def stems(text: str) -> list[str]:
    """Return the stem of each word of a text, in order."""
    lowered = unicodedata.normalize("NFKC", text).lower().translate(_LETTERS)
    words = (word[:_WORD_LIMIT] for word in _WORD.findall(_ELISION.sub("", lowered)))
    return [stem for stem in map(_stem, words) if stem]


def terms(query: str) -> list[str]:
    """Return the stems to look for: at most twelve, each once."""
    return list(dict.fromkeys(stems(query[:_QUERY_LIMIT])))[:MOST_TERMS]


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", _FRENCH.stemWord(word))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
