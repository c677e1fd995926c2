"""Seats: what each is for, and when a mandate gives a right."""

from collections.abc import Mapping
from datetime import date

from . import rooms
from .errors import RuleBroken
from .kinds import N_

ORDINARY, COORDINATION, SPOKESPERSON = "ordinary", "coordination", "spokesperson"
ELECTED, TECHNICIAN = "elected", "technician"
LABELS: Mapping[str, str] = {
    ORDINARY: N_("A seat in the room"),
    COORDINATION: N_("Runs the room"),
    SPOKESPERSON: N_("Speaks for the room in the room above"),
    ELECTED: N_("Pair: the elected person"),
    TECHNICIAN: N_("Pair: the technician"),
}
# What came of the election of someone to a seat, or why it is not given.
WAITING, ACCEPTED, DECLINED = "waiting", "accepted", "declined"
GONE, FILLED = "seat-gone", "seat-filled"


def kind(raw: object) -> str:
    """Read what a seat is for, or raise seat-kind-unknown."""
    if not isinstance(raw, str) or raw not in LABELS:
        raise RuleBroken("seat-kind-unknown")
    return raw


def role(name: str) -> str:
    """Return what the holder of a seat is in the room where they sit."""
    return rooms.FACILITATOR if name == COORDINATION else rooms.MEMBER


def end(foreseen: date | None, real: date | None) -> date | None:
    """Return the day a mandate ends: the first of the day foreseen and of the day it is ended."""
    return min((day for day in (foreseen, real) if day), default=None)


def is_in_force(begins: date, ends: date | None, today: date) -> bool:
    """Tell whether a mandate gives a right today; it gives none on the day it ends."""
    return begins <= today and (ends is None or today < ends)


def check_dates(begins: date, ends: date | None) -> None:
    """Check that a mandate ends after it begins; mandate-ends-first."""
    if ends is not None and ends <= begins:
        raise RuleBroken("mandate-ends-first")
