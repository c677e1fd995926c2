"""The tables that `consult groups` reads: opinions of people, and the group of each."""

from collections.abc import Iterator
from pathlib import Path

from .columns import rows
from .report import FormatError

PARTICIPANT, STATEMENT, VOTE, GROUP = "participant", "statement", "vote", "group"
OPINIONS = {"1": 1, "-1": -1, "0": 0}


def opinions(path: Path) -> Iterator[tuple[str, str, int]]:
    """Yield (participant, statement, opinion: 1, -1 or 0), or raise FormatError with the line."""
    for place, (person, statement, vote) in rows(path, (PARTICIPANT, STATEMENT, VOTE)):
        if vote not in OPINIONS:
            shown = vote[:40] if vote.isprintable() else "?"
            raise FormatError("unknown-value", file=place, field=VOTE, value=shown)
        yield person, statement, OPINIONS[vote]


def groups(path: Path) -> dict[str, str]:
    """Return the group of each participant; a participant in two groups is refused."""
    found: dict[str, str] = {}
    for place, (person, group) in rows(path, (PARTICIPANT, GROUP)):
        if found.setdefault(person, group) != group:
            raise FormatError("key-twice", file=place, key=person[:40])
    return found
