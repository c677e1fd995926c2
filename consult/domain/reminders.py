"""What facilitators are told of each morning: what waits past its time in their rooms."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

SUBJECT = "waiting"
HOUR = time(8)
TEXTS, REPORTS, SECOND_READINGS = "texts", "reports", "second_readings"
KINDS = (TEXTS, REPORTS, SECOND_READINGS)


class Late(NamedTuple):
    """What of one kind waits past its time in one room: how much, since when it was due."""

    room: str
    kind: str
    number: int
    due_at: datetime


class RoomLate(NamedTuple):
    """What waits past its time in a room."""

    room: str
    late: list[Late]

    @property
    def due_at(self) -> datetime:
        """When the first of it was due."""
        return min(one.due_at for one in self.late)


def next_morning(after: datetime, zone: str) -> datetime:
    """Return the first 8 h, by the clocks of a zone, that follows an instant; in UTC."""
    place = ZoneInfo(zone)
    day = after.astimezone(place).date()
    found = datetime.combine(day, HOUR, place).astimezone(UTC)
    if found > after:
        return found
    return datetime.combine(day + timedelta(days=1), HOUR, place).astimezone(UTC)


def key(account_id: str, now: datetime, zone: str) -> str:
    """Return the mark of a letter: one for each person and day, by their clocks."""
    return f"{SUBJECT}:{account_id}:{now.astimezone(ZoneInfo(zone)).date()}"


def by_room(late: Iterable[Late]) -> list[RoomLate]:
    """Group by room what waits, the room where something is late for longest first."""
    rooms: dict[str, list[Late]] = {}
    for one in sorted(late, key=lambda one: KINDS.index(one.kind)):
        rooms.setdefault(one.room, []).append(one)
    found = [RoomLate(room, some) for room, some in rooms.items()]
    return sorted(found, key=lambda one: (one.due_at, one.room))
