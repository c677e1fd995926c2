"""What a room sends down: its kinds, and what a room below may do with it.

A reception goes forward only: received, read, then adopted, adapted or asked about. These last
three may follow each other. It is late when nothing was said by the date that was set.
"""

from datetime import datetime, timedelta

from . import clean
from .errors import RuleBroken
from .kinds import N_

KINDS = {
    "framework": N_("Common frame"),
    "principle": N_("Principle"),
    "decision": N_("Decision"),
    "question": N_("Question to the rooms"),
}
WAITING, RECEIVED, READ = "waiting", "received", "read"
ADOPTED, ADAPTED, ASKED = "adopted", "adapted", "asked"
LATE = "late"
RANKS = {WAITING: 0, RECEIVED: 1, READ: 2, ADOPTED: 3, ADAPTED: 3, ASKED: 3}
STATES = tuple(RANKS)
CHOSEN = STATES[1:]
WITH_NOTE = frozenset({ADAPTED, ASKED})
LABELS = {
    LATE: N_("Late"),
    WAITING: N_("Waiting"),
    RECEIVED: N_("Received"),
    READ: N_("Read by the room"),
    ADOPTED: N_("Adopted"),
    ADAPTED: N_("Adapted"),
    ASKED: N_("Question asked"),
}
TITLE_LIMIT, NOTE_LIMIT, REASON_LIMIT = 200, 5_000, 2_000
LONGEST = timedelta(days=3 * 366)


def kind(raw: object) -> str:
    """Read a kind, or raise frame-kind-unknown."""
    if not isinstance(raw, str) or raw not in KINDS:
        raise RuleBroken("frame-kind-unknown")
    return raw


def state(raw: object) -> str:
    """Read what a room says of a frame, or raise reception-unknown."""
    if not isinstance(raw, str) or raw not in CHOSEN:
        raise RuleBroken("reception-unknown")
    return raw


def note(state: str, raw: object) -> str:
    """Read the words of a room; reception-note-missing when its state says nothing alone."""
    required = "reception-note-missing" if state in WITH_NOTE else ""
    return clean.text(raw, NOTE_LIMIT, required=required)


def check_move(before: str, after: str) -> None:
    """Raise reception-further (409) for a step back."""
    if RANKS[after] < RANKS[before]:
        raise RuleBroken("reception-further", 409)


def check_due(due_at: datetime | None, now: datetime) -> datetime:
    """Return the date by which rooms answer; raises date-missing, frame-due-past, frame-due-far."""
    if due_at is None:
        raise RuleBroken("date-missing")
    if due_at <= now:
        raise RuleBroken("frame-due-past")
    if due_at > now + LONGEST:
        raise RuleBroken("frame-due-far")
    return due_at


def shown(state: str, due_at: datetime, now: datetime) -> str:
    """Return the state as readers see it: waiting after the date is late."""
    return LATE if state == WAITING and due_at <= now else state
