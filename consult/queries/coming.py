"""What is next in a room, of every kind, in one query."""

from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, Select, String, literal, select, union_all

from . import agendas, polls

MEETING, VOTE = "meeting", "vote"


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
