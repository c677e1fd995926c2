"""What is next in a room, or in those that hold a place, of every kind, in one query."""

from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, Select, String, Subquery, literal, select, union_all

from ..models import OpenCall, Poll, Room, RoomEvent
from . import agendas, open_calls, polls, territories
from .rooms import Reader

CALL, MEETING, VOTE = "call", "meeting", "vote"
NEAR = 3


def meetings_and_votes(room_id: str, now: datetime) -> CompoundSelect[Any]:
    """Select the next meeting of a room, then its open votes, the first to close first."""
    meeting = agendas.next_one(room_id, now).subquery()
    vote = polls.running(room_id, now).subquery()
    kept = ["id", "title", "starts_at", "ends_at", "time_zone", "place", "link", "takes_names"]
    nowhere = literal("", String)
    first: Select[Any] = select(
        literal(MEETING).label("kind"),
        *(meeting.c[name] for name in kept),
        nowhere.label("subject"),
    )
    second: Select[Any] = select(
        literal(VOTE),
        vote.c.id,
        vote.c.question,
        vote.c.opens_at,
        vote.c.closes_at,
        vote.c.time_zone,
        nowhere,
        nowhere,
        literal(False),
        vote.c.subject,
    )
    return union_all(first, second).order_by("kind", "ends_at", "id")


def near(code: str, reader: Reader, now: datetime) -> CompoundSelect[Any]:
    """Select the calls that take projects near a place, then the next meetings, then open votes.

    Meetings and votes are of the rooms of this place and of those around it, that the reader may
    know of.
    """
    held = (Room.territory_code.in_(territories.above(code)), reader.sees())
    meeting = _of_rooms(
        select(RoomEvent, Room.slug, Room.name.label("room"))
        .join(Room, Room.id == RoomEvent.room_id)
        .where(*held, RoomEvent.ends_at > now, RoomEvent.cancelled_at.is_(None))
        .order_by(RoomEvent.starts_at, RoomEvent.id)
    )
    vote = _of_rooms(
        select(Poll, Room.slug, Room.name.label("room"))
        .join(Room, Room.id == Poll.room_id)
        .where(*held, *polls.is_running(now))
        .order_by(Poll.closes_at, Poll.id)
    )
    shared = ("time_zone", "slug", "room")
    kept = ("id", "title", "starts_at", "ends_at", "place", "link", *shared)
    first: Select[Any] = select(literal(MEETING).label("kind"), *(meeting.c[name] for name in kept))
    nowhere = literal("", String)
    second: Select[Any] = select(
        literal(VOTE),
        vote.c.id,
        vote.c.question,
        vote.c.opens_at,
        vote.c.closes_at,
        nowhere,
        nowhere,
        *(vote.c[name] for name in shared),
    )
    return union_all(first, second, _calls(code, now)).order_by("kind", "ends_at", "id")


def _calls(code: str, now: datetime) -> Select[Any]:
    """Select the first calls to close; `room` is whoever opened each."""
    nowhere = literal("", String)
    call = (
        select(OpenCall)
        .where(open_calls.takes_projects(now), open_calls.near(code))
        .order_by(OpenCall.closes_at, OpenCall.id)
        .limit(NEAR)
        .subquery()
    )
    dates = (call.c.opens_at, call.c.closes_at)
    whose = (call.c.time_zone, call.c.slug, call.c.opened_by)
    return select(literal(CALL), call.c.id, call.c.title, *dates, nowhere, nowhere, *whose)


def _of_rooms(query: Select[*tuple[Any, ...]]) -> Subquery:
    return query.limit(NEAR).subquery()
