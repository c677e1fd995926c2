"""Codes printed on a letter: what lets someone without e-mail into one consultation."""

import re
import unicodedata
from random import Random

from .errors import RuleBroken
from .tracking import ALPHABET, checksum

_DRAWN = 15  # 31 ** 15 is above 2 ** 74
_LENGTH = _DRAWN + 1
_GROUP = 4
_SEPARATORS = re.compile(r"[\s.\u2010-\u2015\u2212_-]+")


def new_code(random: Random) -> str:
    """Return a new code such as 7K4M-2PX9-QHTW-3EFG; `random` must be a system source of chance.

    The last character is a checksum, so that a slip of the pen is never someone else's code.
    """
    drawn = "".join(random.choice(ALPHABET) for _ in range(_DRAWN))
    return written(drawn + checksum(drawn))


def normalise(raw: object) -> str:
    """Return a typed code as it was printed, or raise access-code-unknown (422).

    Case, spaces and dashes do not matter.
    """
    if not isinstance(raw, str) or len(raw) > 100:
        raise RuleBroken("access-code-unknown")
    typed = _SEPARATORS.sub("", unicodedata.normalize("NFKC", raw)).upper()
    known = len(typed) == _LENGTH and set(typed) <= set(ALPHABET)
    if not known or checksum(typed[:-1]) != typed[-1]:
        raise RuleBroken("access-code-unknown")
    return written(typed)


def written(characters: str) -> str:
    """Return the characters of a code in groups that can be read aloud."""
    return "-".join(
        characters[start : start + _GROUP] for start in range(0, len(characters), _GROUP)
    )
