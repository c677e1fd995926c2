"""A vote fills a seat of its room: whoever wins is elected, and has the seat once they accept."""

import string
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from ...domain import ballots, clean, days, polls
from ...domain import seats as rules
from ...domain.errors import RuleBroken
from ...domain.kinds import N_
from ...models import Poll, PollCandidate, Room, Seat
from ...queries import seats as queries
from ...queries.rooms import Reader
from .. import seats
from . import CANDIDATES, DATES, Asked, Bound, Draft, Effect

LABEL = N_("Elect someone by a vote")
HINT = N_("Whoever wins is elected, and has the seat once they accept it.")
IS_OFFERED = False
ABOUT, MOVE, PATH = "seat", "", "/rooms/{room}#seats"
ASKS = (CANDIDATES, DATES)
ONE = "yes_no"  # the ballots for a single candidate
KINDS = tuple(name for name, one in ballots.KINDS.items() if one.HAS_OPTIONS or name == ONE)
QUESTION = N_("Who takes this seat: “%(title)s”?")
WORDS: Mapping[str, str] = {
    rules.WAITING: N_("%(name)s is elected, and has not yet said whether they accept."),
    rules.ACCEPTED: N_("%(name)s is elected and has accepted the seat."),
    rules.DECLINED: N_("%(name)s was elected and does not take the seat: it is not filled."),
    "quorum": N_("Too few people voted: the seat is not filled."),
    "tie": N_("Nobody comes first alone: the seat is not filled."),
    "nobody": N_("Nobody is elected: the seat is not filled."),
    rules.GONE: N_("The seat was taken away during the vote. The result stands as an advice."),
    rules.FILLED: N_("The seat was given during the vote. The result stands as an advice."),
    "left": N_("Whoever won has left the room: the seat is not filled."),
}
NAMES, TITLE, BEGINS, ENDS = "names", "title", "begins_on", "ends_on"


def draft(session: Session, room: Room, asked: Asked, *, now: datetime) -> Draft:
    """Say which seat the vote is about, and who may be elected."""
    people = session.execute(queries.may_sit(room.id)).all()
    return Draft(_seat(session, room, asked, now).title, [(p.id, p.name) for p in people if p.name])


def bind(session: Session, room: Room, asked: Asked, *, now: datetime) -> Bound:
    """Bind a vote to a seat and to the people who may have it.

    Raises seat-unknown (404), mandate-begins-first (409) for a seat given from a day to come,
    candidates-missing, member-unknown, day-unreadable and mandate-ends-first.
    """
    seat = _seat(session, room, asked, now)
    people = _candidates(session, room, asked.said.get(CANDIDATES))
    begins, ends = (days.read(asked.said.get(name)) for name in (BEGINS, ENDS))
    rules.check_dates(begins or seats.today_in(session, room.id, now), ends)
    marks = dict(zip(string.ascii_uppercase, people, strict=False))
    facts = {
        TITLE: seat.title,
        NAMES: _named([people[key] for key in marks.values()], marks),
        BEGINS: begins.isoformat() if begins else None,
        ENDS: ends.isoformat() if ends else None,
    }
    kind = asked.kind
    if len(marks) == 1:
        kind = ONE
    elif kind == ONE:
        kind = "single"
    return Bound(seat.id, kind, "\n".join(marks), facts, marks)


def title(session: Session, poll: Poll, reader: Reader) -> str:
    """Return the name of the seat that a vote is about."""
    return str(poll.purpose_facts[TITLE])


def act(session: Session, poll: Poll, outcome: polls.Outcome, *, now: datetime) -> Effect:
    """Say who is elected, or why the seat is not filled."""
    if not outcome.quorum_reached:
        return Effect("quorum")
    if not outcome.adopted or outcome.adopted == ("no",):
        return Effect("tie" if len(outcome.leaders) > 1 else "nobody")
    if (broken := seats.hindrance(session, poll.subject, poll.created_at)) is not None:
        return Effect(broken)
    mark = string.ascii_uppercase[0] if poll.kind == ONE else outcome.adopted[0]
    candidate = session.get_one(PollCandidate, (poll.id, mark))
    inside = {one.id for one in session.execute(queries.may_sit(poll.room_id))}
    if candidate.account_id not in inside:
        return Effect("left")
    candidate.is_elected = True
    return Effect(rules.WAITING, {"mark": mark})


def _seat(session: Session, room: Room, asked: Asked, now: datetime) -> Seat:
    seat = session.get(Seat, asked.about)
    if seat is None or seat.room_id != room.id:
        raise RuleBroken("seat-unknown", 404)
    today = seats.today_in(session, room.id, now)
    if any(one is not None and one.begins_on > today for one in _mandates(session, seat, today)):
        raise RuleBroken("mandate-begins-first", 409)
    return seat


def _mandates(session: Session, seat: Seat, today: date) -> Sequence[Any]:
    rows = session.execute(queries.of_room(seat.room_id, today)).all()
    return [mandate for held, mandate in rows if held.id == seat.id]


def _candidates(session: Session, room: Room, chosen: object) -> dict[str, str]:
    """Return the names of those who may be elected, by account, in the order of the room."""
    people = {one.id: one.name for one in session.execute(queries.may_sit(room.id)) if one.name}
    asked = {str(one) for one in chosen} if isinstance(chosen, list | tuple) else set()
    if not asked:
        raise RuleBroken("candidates-missing")
    if asked - set(people):
        raise RuleBroken("member-unknown")
    if len(asked) > len(string.ascii_uppercase):
        raise RuleBroken("options-choices-many", max=len(string.ascii_uppercase))
    return {key: clean.line(name, 120) for key, name in people.items() if key in asked}


def _named(names: Sequence[str], marks: Mapping[str, str]) -> dict[str, str]:
    """Return the names by their marks; of two people of one name, each bears its mark."""
    return {
        mark: f"{name} ({mark})" if names.count(name) > 1 else name
        for mark, name in zip(marks, names, strict=True)
    }
