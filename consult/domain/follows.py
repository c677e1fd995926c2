"""Following: what a subject is called, when the weekly letter leaves, how much it holds."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from .errors import RuleBroken
from .kinds import N_

AT_ONCE, WEEKLY, NONE = "at_once", "weekly", "none"
LETTERS = {
    AT_ONCE: N_("One letter a week, and one at once for a reply to me or a summary I follow"),
    WEEKLY: N_("One letter a week, nothing more"),
    NONE: N_("No letter"),
}

DAY, HOUR = 1, time(8)  # Tuesday, 8 h
TOO_LATE = timedelta(hours=24)
IN_FLIGHT = timedelta(minutes=5)  # what is being written just before the hour waits a week
BODY_BYTES = 20_000  # 30 kB as sent, whichever coding the mail takes, headers included

_SUBJECT = re.compile(r"([a-z]{1,20}):([0-9A-Za-z_-]{1,30})", re.ASCII)


def read(subject: object) -> tuple[str, str]:
    """Return the kind and the key of a subject, "question:ID", or raise follow-unknown (404)."""
    match = _SUBJECT.fullmatch(subject) if isinstance(subject, str) else None
    if match is None:
        raise RuleBroken("follow-unknown", 404)
    return match[1], match[2]


def letters(raw: object) -> str:
    """Return which letters a person chose, or raise letters-unknown."""
    if not isinstance(raw, str) or raw not in LETTERS:
        raise RuleBroken("letters-unknown")
    return raw


def next_digest(after: datetime, zone: str) -> datetime:
    """Return the first Tuesday at 8 h, by the clocks of a zone, that follows an instant; in UTC."""
    place = ZoneInfo(zone)
    day = after.astimezone(place).date()
    day += timedelta(days=(DAY - day.weekday()) % 7)
    found = datetime.combine(day, HOUR, place).astimezone(UTC)
    if found > after:
        return found
    return datetime.combine(day + timedelta(days=7), HOUR, place).astimezone(UTC)


def week(at: datetime, zone: str) -> str:
    """Return the week of an instant by the clocks of a zone: 2026-W48."""
    year, number, _day = at.astimezone(ZoneInfo(zone)).isocalendar()
    return f"{year}-W{number:02}"


def is_missed(due: datetime, now: datetime) -> bool:
    """Tell whether a weekly letter is so late that what it would say waits for the next one."""
    return now - due >= TOO_LATE


def weight(text: str) -> int:
    """Return how many bytes a text takes in a mail: three for each that is not plain ASCII."""
    return sum(1 if byte < 128 and byte != ord("=") else 3 for byte in text.encode())


class Piece(NamedTuple):
    """One thing that a weekly letter tells."""

    label: str
    at: datetime
    title: str
    text: str
    link: str

    @property
    def size(self) -> int:
        """How many bytes it takes in the letter, at most."""
        words = (self.label, self.title, self.text, self.link)
        return sum(weight(word) + 8 for word in words)


class Group(NamedTuple):
    """What a weekly letter tells of one thing followed."""

    label: str
    title: str
    link: str
    pieces: Sequence[Piece]
    left: int = 0  # how many are not told, for want of room

    @property
    def size(self) -> int:
        """How many bytes its heading takes."""
        return sum(weight(word) + 40 for word in (self.label, self.title, self.link))


def fit(groups: Iterable[Group], most: int = BODY_BYTES) -> tuple[list[Group], int]:
    """Return the groups, the newest first, cut to what a letter of `most` bytes can hold.

    Each tells its newest before any tells a second one. And how many groups found no room.
    """
    ordered = sorted(groups, key=_newest, reverse=True)
    kept: list[list[Piece]] = [[] for _ in ordered]
    for rank in range(max((len(group.pieces) for group in ordered), default=0)):
        for group, pieces in zip(ordered, kept, strict=True):
            if len(pieces) != rank or rank >= len(group.pieces):
                continue
            cost = group.pieces[rank].size + (0 if rank else group.size)
            if cost <= most:
                most -= cost
                pieces.append(group.pieces[rank])
    found = [
        group._replace(pieces=pieces, left=group.left + len(group.pieces) - len(pieces))
        for group, pieces in zip(ordered, kept, strict=True)
        if pieces
    ]
    return found, len(ordered) - len(found)


def _newest(group: Group) -> datetime:
    return max(piece.at for piece in group.pieces)
