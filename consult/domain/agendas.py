"""Meetings: when they are, and how they come back."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from .errors import RuleBroken
from .kinds import N_

ONCE, WEEKLY, FORTNIGHTLY, MONTHLY, QUARTERLY = (
    "once",
    "weekly",
    "fortnightly",
    "monthly",
    "quarterly",
)
REPEATS: Mapping[str, str] = {
    ONCE: N_("Once"),
    WEEKLY: N_("Every week"),
    FORTNIGHTLY: N_("Every two weeks"),
    MONTHLY: N_("Every month, the same weekday"),
    QUARTERLY: N_("Every three months, the same weekday"),
}
ON_SITE, REMOTE = "on_site", "remote"
WAYS: Mapping[str, str] = {
    ON_SITE: N_("On site"),
    REMOTE: N_("At a distance"),
}
MOST_TIMES = 24
LONGEST = timedelta(days=15)


def repeats(raw: object) -> str:
    """Read how a meeting comes back, or raise repeat-unknown."""
    if not isinstance(raw, str) or raw not in REPEATS:
        raise RuleBroken("repeat-unknown")
    return raw


def times(raw: object) -> int:
    """Read how many meetings there are in all, one when nothing was typed; times-number."""
    text = str(raw or "1").strip()
    if not (
        text.isascii() and text.isdecimal() and len(text) <= 3 and 1 <= int(text) <= MOST_TIMES
    ):
        raise RuleBroken("times-number", max=MOST_TIMES)
    return int(text)


def way(raw: object) -> str:
    """Read how someone was at a meeting, "" when they were not, or raise attendance-unknown."""
    if raw not in ("", *WAYS):
        raise RuleBroken("attendance-unknown")
    return str(raw)


def check(starts_at: datetime | None, ends_at: datetime | None) -> tuple[datetime, datetime]:
    """Check the hours of a meeting; event-hours-missing, event-ends-first, event-too-long."""
    if starts_at is None or ends_at is None:
        raise RuleBroken("event-hours-missing")
    if ends_at <= starts_at:
        raise RuleBroken("event-ends-first")
    if ends_at - starts_at > LONGEST:
        raise RuleBroken("event-too-long", days=LONGEST.days)
    return starts_at, ends_at


def place_in_month(day: int) -> int:
    """Return which of its weekdays a day of the month is: 1 to 4, and -1 for the fifth, the last.

    Not every month has a fifth Tuesday; each has a last one.
    """
    return -1 if day > 28 else (day + 6) // 7
