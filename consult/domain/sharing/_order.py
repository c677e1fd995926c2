"""Who comes first where cents cannot be cut: the larger claim, then the smaller tie key."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

Ties = Sequence[str]


def ranked(claims: Sequence[int], ties: Ties, places: Iterable[int] | None = None) -> list[int]:
    """Return places from the first served to the last; without keys, the order given decides."""
    order = list(range(len(claims)) if places is None else places)
    if ties:
        order.sort(key=ties.__getitem__)
    order.sort(key=claims.__getitem__, reverse=True)
    return order


def tie_key(call: str, project: str, seed: str) -> str:
    """Return the key of a project in a call: it hangs on the seed published at opening alone."""
    return sha256(f"{call}|{project}|{seed}".encode()).hexdigest()
