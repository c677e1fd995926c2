"""When silence counts: how long a matter waits in each state, and how many rooms make it go up."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from . import table
from .states import State

ASKED = "delay_asked"
OPEN, TAKE_UP, REVIEW = "delay_open", "delay_take_up", "delay_review"
RETURNED, ACKNOWLEDGE, REMINDER = "delay_returned", "delay_acknowledge", "delay_reminder"
OF_STAGE = {
    table.DRAFT: ASKED,
    table.OPEN: OPEN,
    table.PENDING: TAKE_UP,
    table.REVIEW: REVIEW,
    table.RETURNED: RETURNED,
    table.DECIDED: ACKNOWLEDGE,
}
# What silence does, the first that the table allows.
SILENCES = {
    table.DRAFT: ("remind", "timeout_relay", "timeout_withdraw"),
    table.OPEN: ("remind", "timeout_relay", "timeout_lapse"),
    table.PENDING: ("timeout_take_up",),
    table.REVIEW: ("remind", "timeout_relay", "timeout_lapse"),
    table.RETURNED: ("timeout_resubmit",),
    table.DECIDED: ("timeout_ack",),
}
REMINDED = frozenset({table.DRAFT, table.OPEN, table.REVIEW})
SOON = timedelta(days=7)


def deadline(state: State, now: datetime, days: Mapping[str, int]) -> datetime | None:
    """Return until when a matter may wait as it stands; None where nothing is waited for.

    A draft waits only when someone asked the room for it; a joined matter waits for the other one.
    """
    name = OF_STAGE.get(state.stage)
    if name is None or (state.stage == table.DRAFT and not state.asked):
        return None
    if state.reminded and state.stage in REMINDED:
        name = REMINDER
    return now + timedelta(days=days[name])


def renews(before: State, after: State) -> bool:
    """Tell whether what happened begins a new delay: another state, another room, a reminder."""
    kept = ("stage", "place", "reminded")
    return any(getattr(before, name) != getattr(after, name) for name in kept)


def threshold(rooms: int, chosen: int = 0) -> int:
    """Return how many rooms make a matter go up: a third of the `rooms` below one, two at least.

    A number chosen by the room replaces it; zero means that none was.
    """
    return chosen or max(2, -(-rooms // 3))
