"""Elections: whoever a vote elects says whether they take the seat, and then has it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain import seats as rules
from ..domain.errors import RuleBroken
from ..models import Poll, Room, Seat
from ..queries import polls as queries
from . import polls, seats


def answer(
    session: Session, poll_id: str, *, account_id: str, accepts: bool, now: datetime
) -> None:
    """Say, as whoever a vote elected, whether one takes the seat; with a yes, it is given.

    Raises election-unknown (404) to anyone else, election-answered, seat-gone, seat-filled and
    what the giving of a seat raises (409).
    """
    poll = polls.hold(session, poll_id)
    query = queries.elected(poll_id, account_id)
    elected = session.scalar(query.execution_options(populate_existing=True))
    if elected is None:
        raise RuleBroken("election-unknown", 404)
    if elected.accepts is not None:
        raise RuleBroken("election-answered", 409)
    if accepts:
        _give(session, poll, account_id, now)
    elected.accepts, elected.answered_at = accepts, now
    effect: dict[str, Any] = dict(poll.effect or {})
    poll.effect = effect | {"code": rules.ACCEPTED if accepts else rules.DECLINED}
    session.flush()
    act = "poll.election-accepted" if accepts else "poll.election-declined"
    polls.record(session, act, poll, f"account:{account_id}", now, seat=poll.subject)


def _give(session: Session, poll: Poll, account_id: str, now: datetime) -> None:
    """Give the seat that a vote was about, from the day foreseen or from today."""
    seat = session.scalar(select(Seat).where(Seat.id == poll.subject).with_for_update())
    hindered = seats.hindrance(session, poll.subject, poll.created_at)
    if seat is None or hindered is not None:
        raise RuleBroken(hindered or rules.GONE, 409)
    today = seats.today_in(session, seat.room_id, now)
    begins, ends = (_day(poll.purpose_facts[name]) for name in ("begins_on", "ends_on"))
    given = seats.Appointment(
        begins_on=max(today, begins or today),
        ends_on=ends,
        account_id=account_id,
        appointed_by=session.get_one(Room, poll.room_id).name,
    )
    try:
        seats.appoint(session, seat, given, actor=f"account:{account_id}", now=now)
    except RuleBroken as broken:
        raise RuleBroken(broken.code, 409, **broken.facts) from broken


def _day(raw: str | None) -> date | None:
    return date.fromisoformat(raw) if raw else None
