"""The votes of the demonstration: one is open and lacks its quorum, one is closed and counted."""

from collections.abc import Mapping
from datetime import timedelta
from random import SystemRandom
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ... import demo
from ...domain import receipts
from ...models import Matter, Poll, Room, Seat
from ...queries.rooms import Reader
from .. import poll_ballots, poll_counts, poll_purposes, polls
from .people import People

EVENING = 18  # in UTC: nobody votes at night


def write(session: Session, people: People) -> None:
    """Open every vote with whoever is in its room, cast what the file says, count what is over."""
    for about in demo.read("polls")["poll"]:
        room = session.scalars(select(Room).where(Room.slug == about["room"])).one()
        poll = _open(session, room, about, people)
        for key, fields in about["ballots"].items():
            account_id = people.accounts[key]
            sent = poll_ballots.Cast(fields, receipts.new_code(SystemRandom()))
            poll_ballots.cast(
                session,
                poll.id,
                sent,
                account_id=account_id,
                reader=Reader(account_id),
                now=people.now,
            )
        _date(session, poll, about, people)


def _open(session: Session, room: Room, about: Mapping[str, Any], people: People) -> Poll:
    said = ("question", "details", "kind", "options", "quorum", "purpose")
    facts = polls.Facts(
        closes_at=people.now + timedelta(days=1),
        **{name: about[name] for name in said if name in about},
        **_bound(session, room, about, people),
    )
    return polls.open_one(session, room, facts, actor="system", now=people.now)


def _bound(
    session: Session, room: Room, about: Mapping[str, Any], people: People
) -> dict[str, Any]:
    """Return the seat or the matter that a vote is about, and what is asked with it."""
    if "seat" in about:
        seat = select(Seat.id).where(Seat.room_id == room.id, Seat.title == about["seat"])
        names = [people.accounts[key] for key in about["candidates"]]
        said = {poll_purposes.CANDIDATES: names}
        return {"about": session.scalars(seat).one(), "said": said}
    if "matter" in about:
        matter = select(Matter.id).where(Matter.room_id == room.id, Matter.title == about["matter"])
        said = {poll_purposes.REASONS: about["reasons"]}
        return {"about": session.scalars(matter).one(), "said": said}
    return {}


def _date(session: Session, poll: Poll, about: Mapping[str, Any], people: People) -> None:
    """Give a vote the days of the file, then count it if it is over."""
    evening = people.now.replace(hour=EVENING, minute=0, second=0, microsecond=0)
    poll.opens_at = poll.opened_at = poll.told_at = evening + timedelta(days=about["opened"])
    poll.closes_at = evening + timedelta(days=about["closes"])
    session.flush()
    poll_counts.count(session, poll.id, now=people.now)
