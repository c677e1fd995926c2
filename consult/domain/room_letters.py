"""Letters of a room: to whom, how many a week, and which form sent one."""

import re
from datetime import timedelta
from hashlib import sha256

from .errors import RuleBroken

EVERYONE = "all"
A_WEEK = 3  # letters, for each room
WEEK = timedelta(days=7)
_FORM = re.compile(r"[0-9A-Za-z_-]{16,40}", re.ASCII)
_PART = re.compile(r"[a-z_]{1,20}:[0-9a-z_-]{1,38}", re.ASCII)


def form(raw: object) -> str:
    """Return the number of the form that sends a letter, or raise form-unknown."""
    if not isinstance(raw, str) or _FORM.fullmatch(raw) is None:
        raise RuleBroken("form-unknown")
    return raw


def part(raw: object) -> tuple[str, str]:
    """Return the part of a room that is written to, ("role", "member"); ("", "") for everyone.

    Raises room-part-unknown.
    """
    if raw == EVERYONE:
        return "", ""
    if not isinstance(raw, str) or _PART.fullmatch(raw) is None:
        raise RuleBroken("room-part-unknown")
    kind, _colon, name = raw.partition(":")
    return kind, name


def check_number(sent: int) -> None:
    """Raise room-letters-enough (429) when a room has sent all it may in seven days."""
    if sent >= A_WEEK:
        raise RuleBroken("room-letters-enough", 429, max=A_WEEK)


def mark(title: str) -> str:
    """Return what the journal keeps of a subject: enough to recognise it, never its words."""
    return sha256(title.encode()).hexdigest()[:32]
