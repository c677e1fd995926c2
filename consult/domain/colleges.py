"""Colleges: the kinds of people whom a room brings together, and who is missing."""

from collections.abc import Mapping
from typing import NamedTuple

from .errors import RuleBroken
from .kinds import N_

LABELS: Mapping[str, str] = {
    "resident": N_("Residents"),
    "place": N_("Places and non-profits"),
    "local_authority": N_("Local authorities"),
    "state": N_("State services"),
    "company": N_("Companies"),
    "other": N_("Other people"),
}
MOST = 99


class Part(NamedTuple):
    """A college of a room: how many are there, and how many the room wants."""

    college: str
    held: int
    wanted: int

    @property
    def missing(self) -> int:
        """How many are still to be found."""
        return max(self.wanted - self.held, 0)


def read(raw: object) -> str | None:
    """Read a college, None when none was said, or raise college-unknown."""
    if raw in (None, ""):
        return None
    if not isinstance(raw, str) or raw not in LABELS:
        raise RuleBroken("college-unknown")
    return raw


def wanted(raw: object) -> int:
    """Read how many a room wants of a college, 0 when nothing was typed; college-number."""
    if raw in (None, ""):
        return 0
    text = str(raw).strip()
    if not (text.isascii() and text.isdecimal() and len(text) <= 4 and int(text) <= MOST):
        raise RuleBroken("college-number", max=MOST)
    return int(text)


def parts(held: Mapping[str, int], expected: Mapping[str, int]) -> list[Part]:
    """Return the colleges that a room holds or wants, in their order."""
    return [
        Part(name, held.get(name, 0), expected.get(name, 0))
        for name in LABELS
        if held.get(name) or expected.get(name)
    ]
