"""Tracking numbers: what a person notes down to find a contribution again, without an account."""

import re
import unicodedata
from random import Random

from .errors import RuleBroken

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 nor O, no 1 nor I nor L: read aloud safely
PREFIX_LIMIT = 4
_DRAWN = 9  # 31 ** 9 is above 2 ** 44: guessing one is hopeless under any rate limit
_BODY = _DRAWN + 1
_SEPARATORS = re.compile(r"[\s.\u2010-\u2015\u2212_-]+")


def new_number(prefix: str, random: Random) -> str:
    """Return a new number such as GE-7K4M2-P9XQ4; `random` must be a system source of chance.

    The letters of `prefix` outside the alphabet are left out. The last character is a checksum,
    so that a slip of the pen is told from a number that was never given.
    """
    head = "".join(letter for letter in prefix.upper() if letter in ALPHABET)[:PREFIX_LIMIT]
    body = "".join(random.choice(ALPHABET) for _ in range(_DRAWN))
    return _written(head, body + checksum(head + body))


def normalise(raw: object) -> str:
    """Return a typed number as it was printed, or raise tracking-number-unknown (404).

    Case, spaces and dashes do not matter.
    """
    if not isinstance(raw, str) or len(raw) > 100:
        raise RuleBroken("tracking-number-unknown", status=404)
    typed = _SEPARATORS.sub("", unicodedata.normalize("NFKC", raw)).upper()
    head, body = typed[:-_BODY], typed[-_BODY:]
    known = len(body) == _BODY and len(head) <= PREFIX_LIMIT and set(typed) <= set(ALPHABET)
    if not known or checksum(typed[:-1]) != typed[-1]:
        raise RuleBroken("tracking-number-unknown", status=404)
    return _written(head, body)


def _written(head: str, body: str) -> str:
    return "-".join(part for part in (head, body[:5], body[5:]) if part)


def checksum(characters: str) -> str:
    """Weigh each character by its place, modulo the prime 31: no single slip, no swap passes."""
    weighed = sum(
        place * ALPHABET.index(character) for place, character in enumerate(characters, start=2)
    )
    return ALPHABET[weighed % len(ALPHABET)]
