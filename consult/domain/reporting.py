"""When those who carry a project tell what was done, and when they are reminded of it."""

from datetime import date, timedelta

YEAR = timedelta(days=365)
# Each reminder is sent once, from so many days after the day the account is due.
STEPS = {"before": -30, "day": 0, "after": 30}
LASTS = timedelta(days=30)


def due_on(published: date, asked: date | None) -> date:
    """Return by when: the day of the payment that waits for it, else a year after the split."""
    return asked or published + YEAR


def window(step: str, today: date) -> tuple[date, date]:
    """Return the first and last due days for which a reminder is sent today."""
    last = today - timedelta(days=STEPS[step])
    return last - LASTS + timedelta(days=1), last
