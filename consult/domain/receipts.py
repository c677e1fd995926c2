"""Receipts: the code that a voter keeps, and its mark, which alone stands with the ballot."""

import re
import unicodedata
from hashlib import sha256
from random import Random

from .errors import RuleBroken
from .tracking import ALPHABET

LENGTH, GROUP = 16, 4  # 31 ** 16 is above 2 ** 79: no code is found from its mark
_APART = re.compile(r"[\s.\u2010-\u2015\u2212_-]+")


def new_code(random: Random) -> str:
    """Return a new code such as 7K4M-2P9X-Q4TR-H8WZ; `random` must be a system source of chance."""
    return _written("".join(random.choice(ALPHABET) for _ in range(LENGTH)))


def normalise(raw: object) -> str:
    """Return a typed code as it was shown, or raise receipt-unreadable."""
    if not isinstance(raw, str) or len(raw) > 100:
        raise RuleBroken("receipt-unreadable")
    typed = _APART.sub("", unicodedata.normalize("NFKC", raw)).upper()
    if len(typed) != LENGTH or not set(typed) <= set(ALPHABET):
        raise RuleBroken("receipt-unreadable")
    return _written(typed)


def mark(poll_id: str, code: str) -> str:
    """Return the mark of a code in one vote: the same code elsewhere has another mark."""
    return sha256(f"{poll_id}:{code}".encode()).hexdigest()


def _written(letters: str) -> str:
    return "-".join(letters[start : start + GROUP] for start in range(0, LENGTH, GROUP))
