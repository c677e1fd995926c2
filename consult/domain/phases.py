"""What each phase of a consultation allows; the phase follows from its dates, never stored."""

from datetime import datetime, timedelta
from typing import NoReturn, Protocol, TypedDict, Unpack

from .errors import RuleBroken
from .kinds import N_

PREPARATION = "preparation"
OPEN = "open"
CLOSED = "closed"
SYNTHESIS = "synthesis"
OUTCOME = "outcome"
PHASES = (PREPARATION, OPEN, CLOSED, SYNTHESIS, OUTCOME)

LABELS = {
    PREPARATION: N_("In preparation"),
    OPEN: N_("Open"),
    CLOSED: N_("Closed"),
    SYNTHESIS: N_("Summary under way"),
    OUTCOME: N_("Outcomes published"),
}

GRACE = timedelta(minutes=15)

ALLOWED: dict[str, frozenset[str]] = {
    "draft": frozenset({OPEN}),
    "answer": frozenset({OPEN}),
    "stance": frozenset({OPEN}),
    "argue": frozenset({OPEN}),
    "amend": frozenset({OPEN}),
    "comment": frozenset({OPEN}),
    "propose": frozenset({OPEN}),
    "correct": frozenset({OPEN}),
    "withdraw": frozenset({OPEN}),
    "decide": frozenset({OPEN, CLOSED, SYNTHESIS, OUTCOME}),
    "report_outcome": frozenset({OPEN, CLOSED, SYNTHESIS, OUTCOME}),
    "close_early": frozenset({OPEN}),
    "synthesise": frozenset({OPEN, CLOSED, SYNTHESIS, OUTCOME}),
    "publish_synthesis": frozenset({CLOSED, SYNTHESIS, OUTCOME}),
    "show_score": frozenset({CLOSED, SYNTHESIS, OUTCOME}),
}


class Dates(TypedDict, total=False):
    """What a phase is derived from; a date left out is a date not fixed."""

    published: bool
    opens_at: datetime | None
    closes_at: datetime | None
    closed_early_at: datetime | None
    synthesis_at: datetime | None
    outcome_at: datetime | None


class Dated(Protocol):
    """Anything that carries the dates of a consultation."""

    published_at: datetime | None
    opens_at: datetime | None
    closes_at: datetime | None
    closed_early_at: datetime | None
    synthesis_at: datetime | None
    outcome_at: datetime | None


def of(consultation: Dated, now: datetime) -> str:
    """Return the phase a consultation is in at `now`."""
    return phase(
        now,
        published=consultation.published_at is not None and consultation.published_at <= now,
        opens_at=consultation.opens_at,
        closes_at=consultation.closes_at,
        closed_early_at=consultation.closed_early_at,
        synthesis_at=consultation.synthesis_at,
        outcome_at=consultation.outcome_at,
    )


def phase(now: datetime, **dates: Unpack[Dates]) -> str:
    """Return the phase at `now`, an aware instant.

    Open from `opens_at` (included) to the close (excluded), which is the earlier of `closes_at`
    and `closed_early_at`. Afterwards the synthesis and the outcome count from their own dates.
    """
    opens_at = dates.get("opens_at")
    if not dates.get("published") or (opens_at is not None and now < opens_at):
        return PREPARATION
    close = ends_at(dates.get("closes_at"), dates.get("closed_early_at"))
    if close is None or now < close:
        return OPEN
    if _reached(now, dates.get("outcome_at")):
        return OUTCOME
    if _reached(now, dates.get("synthesis_at")):
        return SYNTHESIS
    return CLOSED


def ends_at(closes_at: datetime | None, closed_early_at: datetime | None) -> datetime | None:
    """Return the instant of the close: the planned one, or the earlier one decided since."""
    return min((at for at in (closes_at, closed_early_at) if at is not None), default=None)


def may(action: str, phase: str) -> bool:
    """Tell whether `action` is allowed in `phase`."""
    return phase in ALLOWED[action]


def check(action: str, phase: str) -> None:
    """Raise not-open-yet or consultation-closed (409) when `phase` does not allow `action`."""
    if not may(action, phase):
        _refuse(phase)


def may_answer_late(
    now: datetime,
    closes_at: datetime | None,
    draft_created_at: datetime | None,
    grace: timedelta = GRACE,
) -> bool:
    """Tell whether an answer is still taken just after the close.

    Only for `grace` after the close, and only for an answer whose draft was on the server before
    it: whoever was typing when the hour struck loses nothing, nobody starts after the hour.
    """
    if closes_at is None or draft_created_at is None:
        return False
    return draft_created_at < closes_at <= now < closes_at + grace


def _reached(now: datetime, at: datetime | None) -> bool:
    return at is not None and at <= now


def _refuse(phase: str) -> NoReturn:
    raise RuleBroken("not-open-yet" if phase == PREPARATION else "consultation-closed", status=409)
