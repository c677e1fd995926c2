"""The chain of the journal: each entry's hash holds the entry, its place and all before it."""

import json
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from json.encoder import encode_basestring_ascii as quoted
from typing import Any

GENESIS = "0" * 64
CHANCE_LENGTH = 18
MARK_LENGTH = 64
STORED_LENGTH = len("2026-11-27 05:30:00.000000")
encode = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode  # made once: it is slow


_read_json = json.JSONDecoder().raw_decode


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
    return link_written(before, position, entry["id"], entry["mark"], written(entry))


def link_written(before: str, position: int, number: int, mark: str | None, said: str) -> str:
    """Return the hash of an entry whose text is known already."""
    return sha256(f"{before}\n{position}\n{number}\n{mark or ''}\n{said}".encode()).hexdigest()


def written_from(at: str, words: tuple[str | None, ...], facts: str | None) -> str:
    """Write an entry as `written` does, from what a database stores as text; quicker by far.

    `words` are the actor, the act, the subject and the consultation. Raises ValueError or TypeError
    for what is not an instant, a word or JSON.
    """
    said = ",".join(["null" if word is None else quoted(word) for word in words])
    return f'["{_instant(at)}",{said},{_canonical(facts)}]'


def _instant(at: str) -> str:
    """Write an instant in UTC, as SQLite stores it, in the form that ISO gives."""
    if len(at) == STORED_LENGTH and at[10] == " ":
        return f"{at[:10]}T{at[11:]}+00:00"
    raise ValueError(at)


@lru_cache(maxsize=1024)
def _canonical(facts: str | None) -> str:
    """Write facts in the one way that every database gives back."""
    if facts is None:
        return "null"
    read, end = _read_json(facts)
    if facts[end:].strip():
        raise ValueError(facts)
    return encode(read)
