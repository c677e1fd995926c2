"""What a list says of each consultation: its phase in words, the days left, its numbers."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Row

from ...domain import phases
from ...i18n import gettext, ngettext
from ...queries.consultations import COUNTED


class Card(NamedTuple):
    """One consultation of a list."""

    row: Any
    phase: str
    days_left: int | None

    @property
    def is_open(self) -> bool:
        """Whether people may answer now."""
        return self.phase == phases.OPEN

    @property
    def gives_data(self) -> bool:
        """Whether its files are given now: not while its results are hidden."""
        return self.row.results == "live" or phases.may("show_score", self.phase)

    @property
    def ends_at(self) -> datetime | None:
        """The instant of the close, if it is known."""
        return phases.ends_at(self.row.closes_at, self.row.closed_early_at)


def days_left(ends_at: datetime | None, zone: str, now: datetime) -> int | None:
    """Return the days of the calendar left before the close, in the consultation's own zone."""
    if ends_at is None:
        return None
    local = ZoneInfo(zone)
    return (ends_at.astimezone(local).date() - now.astimezone(local).date()).days


def card(row: Any, now: datetime) -> Card:
    """Dress one row, or one consultation, for a page."""
    phase = phases.of(row, now)
    ends_at = phases.ends_at(row.closes_at, row.closed_early_at)
    left = days_left(ends_at, row.time_zone, now) if phase == phases.OPEN else None
    return Card(row, phase, left)


def cards(rows: Iterable[Row[*tuple[Any, ...]]], now: datetime) -> list[Card]:
    """Dress the rows of a list."""
    return [card(row, now) for row in rows]


def how_many(number: int) -> str:
    """Say how many a list holds; beyond a bound, only that there are more."""
    if number > COUNTED:
        return gettext("More than 1,000 results")
    return ngettext("%(num)s result", "%(num)s results", number)
