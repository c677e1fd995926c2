"""The hour, read in one place, and shifted for trials by a fixed offset."""

from datetime import UTC, datetime, timedelta

_offset: list[timedelta] = [timedelta()]


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC) + _offset[0]


def shift(offset: timedelta) -> None:
    """Shift this process's clock by `offset`; development only."""
    _offset[0] = offset
