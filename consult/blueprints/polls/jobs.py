"""What the worker does for votes: open, tell, remind, count, say what came of it. Each once."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from flask import Flask
from sqlalchemy.orm import Session

from ... import clock, one_by_one
from ...extensions import db
from ...models import Matter, MatterEvent, Poll, Room
from ...queries import polls as queries
from ...services import matters, poll_counts, poll_letters, polls
from ..matters import letters as matter_letters
from . import letters, words

AT_ONCE = 20


def go_on(_app: Flask) -> None:
    """Do what is due; a vote at a time, each in its own transaction."""
    now = clock.now()
    for what, query, act in (
        ("opening of vote", queries.to_open(now), polls.begin),
        ("letters of vote", queries.to_tell(now), tell),
        ("reminder of vote", queries.to_remind(now), remind),
        ("count of vote", queries.to_count(now), count),
        ("result of vote", queries.to_announce(now), announce),
    ):
        session = db.session()
        due = session.scalars(query.limit(AT_ONCE + one_by_one.aside(what))).all()
        session.commit()
        go = partial(_go, act, session)
        one_by_one.each(what, {one: one for one in due}, go)


def _go(act: Callable[..., object], session: Session, poll_id: str) -> None:
    act(session, poll_id, now=clock.now())


def tell(session: Session, poll_id: str, *, now: datetime) -> int:
    """Write to those who may vote that a vote is open; return how many letters."""
    return _send(session, poll_letters.take_opening(session, poll_id, now=now), "poll_open", now)


def remind(session: Session, poll_id: str, *, now: datetime) -> int:
    """Remind those who have not voted; return how many letters."""
    taken = poll_letters.take_reminder(session, poll_id, now=now)
    return _send(session, taken, "poll_reminder", now)


def count(session: Session, poll_id: str, *, now: datetime) -> bool:
    """Count a vote, and write to those whom what it brought about concerns."""
    if not poll_counts.count(session, poll_id, now=now):
        return False
    effect = session.get_one(Poll, poll_id).effect or {}
    events = [session.get_one(MatterEvent, one) for one in effect.get("events", ())]
    if events:
        matter = session.get_one(Matter, events[0].matter_id)
        matter_letters.tell(matters.Done(matter, events), now=now)
    return True


def announce(session: Session, poll_id: str, *, now: datetime) -> int:
    """Write to the electors what came of a vote, once; return how many letters."""
    taken = poll_letters.take_result(session, poll_id, now=now)
    if taken is None:
        return 0
    poll, people = taken
    counted = session.execute(queries.counted(poll.id)).scalar_one()
    facts = {"words": words, "outcome": poll_counts.outcome_of(counted.summary)}
    winner = session.scalar(queries.winner(poll.id))
    names = {True: "poll_elected", False: "poll_result"}
    room = session.get_one(Room, poll.room_id)
    sent = [
        letters.send(
            names[one.account_id == winner], poll, room, email=one.email, mark=one.id, **facts
        )
        for one in people
    ]
    return sum(sent)


def _send(session: Session, taken: poll_letters.Taken, name: str, now: datetime) -> int:
    if taken is None:
        return 0
    poll, people = taken
    room = session.get_one(Room, poll.room_id)
    day = now.date().isoformat()
    sent = [
        letters.send(name, poll, room, email=one.email, mark=f"{one.id}:{day}") for one in people
    ]
    return sum(sent)
