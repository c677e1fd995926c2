"""Days as a form sends them, and the day it is in a place."""

import re
from datetime import date, datetime

from .errors import RuleBroken
from .local_times import zone

_TYPED = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_YEARS = range(1990, 2101)


def read(typed: object, *, required: str = "") -> date | None:
    """Return the day of "2027-04-30"; None when nothing was typed, or raise `required`.

    Raises day-unreadable.
    """
    if typed in (None, ""):
        if required:
            raise RuleBroken(required)
        return None
    match = _TYPED.fullmatch(typed.strip()) if isinstance(typed, str) else None
    if not match:
        raise RuleBroken("day-unreadable")
    try:
        day = date(*(int(part) for part in match.groups()))
    except ValueError as error:
        raise RuleBroken("day-unreadable") from error
    if day.year not in _YEARS:
        raise RuleBroken("day-unreadable")
    return day


def today(now: datetime, zone_name: str) -> date:
    """Return the day it is in a named time zone."""
    return now.astimezone(zone(zone_name)).date()
