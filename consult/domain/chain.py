"""The chain of the journal: each entry's hash holds the entry, its place and all before it."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

GENESIS = "0" * 64
CHANCE_LENGTH = 18
MARK_LENGTH = 64
encode = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode  # made once: it is slow


def written(entry: Mapping[str, Any]) -> str:
    """Write what an entry says, in the one way that every database gives back."""
    said = [entry["at"].isoformat(timespec="microseconds")]
    said += [entry[name] for name in ("actor", "act", "subject", "consultation_id", "facts")]
    return encode(said)


def mark(entry: Mapping[str, Any], *, chance: str) -> str:
    """Return the mark of an entry as it is first written: its own chance, then its digest."""
    digest = sha256(f"{chance}\n{written(entry)}".encode()).hexdigest()
    return chance + digest[: MARK_LENGTH - CHANCE_LENGTH]


def is_marked(entry: Mapping[str, Any]) -> bool:
    """Tell whether an entry still says what its mark says."""
    found = entry["mark"] or ""
    return bool(found) and found == mark(entry, chance=found[:CHANCE_LENGTH])


def link(before: str, position: int, entry: Mapping[str, Any]) -> str:
    """Return the hash of an entry at a position, after the hash of the one before."""
    said = f"{before}\n{position}\n{entry['id']}\n{entry['mark'] or ''}\n{written(entry)}"
    return sha256(said.encode()).hexdigest()
