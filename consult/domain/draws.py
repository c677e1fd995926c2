"""Drawing by lot in a way that anyone can do again: the number of the draw says what comes out."""

from collections.abc import Iterable
from hashlib import sha256


def drawn(keys: Iterable[str], seed: str | int, number: int) -> list[str]:
    """Return so many of some keys, drawn by lot, whatever their order.

    Those whose SHA-256, written behind the seed and a colon, comes first.
    """
    return sorted(set(keys), key=lambda key: (sha256(f"{seed}:{key}".encode()).digest(), key))[
        :number
    ]
