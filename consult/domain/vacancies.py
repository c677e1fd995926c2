"""Rooms that nobody runs, or where nothing happens: which one then acts in their place."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

DORMANT_DAYS = 90
AWAKE, VACANT, DORMANT = "awake", "vacant", "dormant"


class Kept(Protocol):
    """A room: how many run it now, when it last did something, when they last read a text."""

    @property
    def runners(self) -> int:
        """How many people run it and can sign in."""

    @property
    def acted_at(self) -> datetime:
        """When something was last done in the room."""

    @property
    def decided_at(self) -> datetime | None:
        """When one of those who run it last decided about a text."""


Room = TypeVar("Room", bound=Kept)


def state(room: Kept, now: datetime) -> str:
    """Say how a room is: vacant when nobody runs it, dormant when nothing is done, else awake."""
    if not room.runners:
        return VACANT
    last = max(room.acted_at, room.decided_at or room.acted_at)
    return DORMANT if now - last > timedelta(days=DORMANT_DAYS) else AWAKE


def in_charge(line: Iterable[Room], now: datetime) -> Room | None:
    """Return the room that acts: the first awake in a line that goes from a room to the top.

    With none awake, it is the nearest that somebody runs; None when nobody runs any.
    """
    rooms = list(line)
    run = next((room for room in rooms if room.runners), None)
    return next((room for room in rooms if state(room, now) == AWAKE), run)
