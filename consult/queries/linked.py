"""The pages of this site that an outcome may lead to: their titles, as anyone may read them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from ..models import Consultation, Poll, Room, Statement, Theme
from . import consultations, matters, rooms, statements

Titles = Select[*tuple[Any, ...]]
PUBLIC = rooms.Reader()


def title(kind: str, key: str, now: datetime) -> Titles | None:
    """Select the title of a page of a kind, if anyone may read it; None for other kinds."""
    find = _KINDS.get(kind)
    return find(key, now) if find else None


def _matter(key: str, _now: datetime) -> Titles:
    return matters.title(key, PUBLIC)


def _poll(key: str, _now: datetime) -> Titles:
    query = select(Poll.question).join(Room, Room.id == Poll.room_id)
    return query.where(Poll.id == key, PUBLIC.sees())


def _room(key: str, _now: datetime) -> Titles:
    return select(Room.name).where(Room.slug == key, PUBLIC.sees())


def _proposal(key: str, now: datetime) -> Titles:
    return (
        select(Statement.title)
        .join(Consultation, Consultation.id == Statement.consultation_id)
        .outerjoin(Theme, Theme.id == Statement.theme_id)
        .where(
            Statement.id == key,
            Statement.kind == "proposal",
            statements.is_visible(consultations.Reader(), None, now),
        )
    )


def _consultation(key: str, now: datetime) -> Titles:
    seen = consultations.is_visible(consultations.Reader(), now)
    return select(Consultation.title).where(Consultation.slug == key, seen)


_KINDS: Mapping[str, Callable[[str, datetime], Titles]] = {
    "consultations": _consultation,
    "matters": _matter,
    "polls": _poll,
    "proposals": _proposal,
    "rooms": _room,
}
