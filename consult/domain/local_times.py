"""Days and hours as an organiser types them, in the named time zone of a consultation."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .errors import RuleBroken

_TYPED = re.compile(r"(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::\d{2})?", re.ASCII)
_YEARS = range(1990, 2101)


def zone(name: object) -> ZoneInfo:
    """Return a time zone by its name, or raise zone-unknown."""
    if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z]+(?:/[A-Za-z_+-]+){0,2}", name):
        raise RuleBroken("zone-unknown")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise RuleBroken("zone-unknown") from error


def read(typed: object, zone_name: str) -> datetime | None:
    """Return the instant of "2027-04-30T23:59" in a zone, in UTC; None when nothing was typed.

    Raises date-unreadable, and, on the two nights when clocks change, hour-missing for an hour
    that does not exist and hour-twice for one that exists twice.
    """
    place = zone(zone_name)
    if typed is None or typed == "":
        return None
    match = _TYPED.fullmatch(typed.strip()) if isinstance(typed, str) else None
    if not match:
        raise RuleBroken("date-unreadable")
    numbers = [int(part) for part in match.groups()]
    try:
        local = datetime(*numbers, tzinfo=place)  # type: ignore[misc, arg-type]
    except ValueError as error:
        raise RuleBroken("date-unreadable") from error
    if local.year not in _YEARS:
        raise RuleBroken("date-unreadable")
    return _told_apart(local, place)


def write(at: datetime | None, zone_name: str) -> str:
    """Return an instant as it is typed in a zone, "" for none."""
    return at.astimezone(zone(zone_name)).strftime("%Y-%m-%dT%H:%M") if at else ""


def _told_apart(local: datetime, place: ZoneInfo) -> datetime:
    at = local.astimezone(UTC)
    if at.astimezone(place).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise RuleBroken("hour-missing")
    if at != local.replace(fold=1).astimezone(UTC):
        raise RuleBroken("hour-twice")
    return at
