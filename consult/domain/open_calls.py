"""Where a call stands at an instant: it follows from its dates and is never stored."""

from datetime import datetime
from typing import Protocol

from .errors import RuleBroken
from .kinds import N_

DRAFT = "draft"
COMING = "coming"
OPEN = "open"
CLOSED = "closed"
CANCELLED = "cancelled"
PHASES = (DRAFT, COMING, OPEN, CLOSED, CANCELLED)
LABELS = {
    DRAFT: N_("In preparation"),
    COMING: N_("Opens soon"),
    OPEN: N_("Call open"),
    CLOSED: N_("Call closed"),
    CANCELLED: N_("Call given up"),
}


class Dated(Protocol):
    """Anything that carries the dates of a call."""

    @property
    def published_at(self) -> datetime | None:
        """When it was made public, its terms locked."""

    @property
    def opens_at(self) -> datetime | None:
        """When it begins to take projects."""

    @property
    def closes_at(self) -> datetime | None:
        """When it takes no more."""

    @property
    def cancelled_at(self) -> datetime | None:
        """When it was given up."""


def phase(call: Dated, now: datetime) -> str:
    """Return the phase of a call at `now`, an aware instant."""
    if call.cancelled_at is not None:
        return CANCELLED
    if call.published_at is None or call.opens_at is None or call.closes_at is None:
        return DRAFT
    if now < call.opens_at:
        return COMING
    return OPEN if now < call.closes_at else CLOSED


def require(call: Dated, phases: frozenset[str], now: datetime) -> None:
    """Refuse what a call does not allow now, with the phase in the code: call-closed (409) ..."""
    if (current := phase(call, now)) not in phases:
        raise RuleBroken(f"call-{current}", 409)
