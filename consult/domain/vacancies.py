"""Rooms that nobody runs, or where nothing happens: which one then acts in their place."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

DORMANT_DAYS = 90
AWAKE, VACANT, DORMANT = "awake", "vacant", "dormant"


class Kept(Protocol):
    """A room, with how many run it and when something was last done there."""

    @property
    def facilitators(self) -> int:
        """How many people run it now."""

    @property
    def acted_at(self) -> datetime:
        """When something was last done there."""


Room = TypeVar("Room", bound=Kept)


def state(room: Kept, now: datetime) -> str:
    """Say how a room is: vacant when nobody runs it, dormant when nothing is done, else awake."""
    if not room.facilitators:
        return VACANT
    return DORMANT if now - room.acted_at > timedelta(days=DORMANT_DAYS) else AWAKE


def in_charge(line: Iterable[Room], now: datetime) -> Room | None:
    """Return the room that acts: the first that is awake in a line from a room to the top.

    With none awake, it is the nearest that somebody runs; None when nobody runs any.
    """
    rooms = list(line)
    awake = (room for room in rooms if state(room, now) == AWAKE)
    run = (room for room in rooms if room.facilitators)
    return next(awake, next(run, None))
