"""Whom the steps of a matter are told to, and who is told that a delay is nearly over."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ..domain.matters import notices
from ..models import Matter, MatterEvent, MatterMessage, Room
from ..queries import matter_pages as pages
from ..queries import matters as queries
from . import vacancies


def worth_telling(events: Sequence[MatterEvent]) -> list[MatterEvent]:
    """Return the steps that deserve a letter: not that a room took up what it moved at once."""
    last = {event.matter_id: event for event in events}
    return [one for one in events if one.name != "take_up" or last[one.matter_id] is one]


def told(session: Session, event: MatterEvent, *, now: datetime) -> Sequence[Any]:
    """Return whom to write to about a step, each once, whoever did it left out."""
    groups = notices.TOLD.get(event.name, ())
    if not groups:
        return []
    matter = session.get_one(Matter, event.matter_id)
    rows = _of_rooms(session, _rooms(session, event, groups), now)
    if notices.AUTHOR in groups and matter.account_id is not None:
        rows += session.execute(pages.author(matter.account_id)).all()
    found = {row.id: row for row in rows if row.id != event.account_id}
    return [found[key] for key in sorted(found)]


def of_holder(session: Session, matter: Matter, *, now: datetime) -> Sequence[Any]:
    """Return whom to write to for the room that holds a matter."""
    return _of_rooms(session, {matter.room_id}, now)


def spoken(session: Session, message: MatterMessage, *, now: datetime) -> Sequence[Any]:
    """Return whom to write to about a message: the other rooms that held the matter or carry it."""
    about = message.matter_id
    rooms = {one.room_id for one in session.scalars(queries.stops(about))}
    rooms |= {one.room_id for one in session.scalars(queries.endorsements(about))}
    rows = _of_rooms(session, rooms - {message.room_id}, now)
    found = {row.id: row for row in rows if row.id != message.account_id}
    return [found[name] for name in sorted(found)]


def key(event: MatterEvent, account_id: str) -> str:
    """Return the key of a letter about a step: the same one is put once."""
    return f"matter:{event.id}:{account_id}"


def _of_rooms(session: Session, room_ids: Collection[str], now: datetime) -> list[Any]:
    """Return those who run some rooms, or those who act in their place."""
    acting = {one: vacancies.in_charge(session, one, now=now) for one in sorted(room_ids)}
    ids = {one.id for one in acting.values() if one is not None} | set(room_ids)
    return list(session.execute(pages.facilitators(sorted(ids))).all())


def _rooms(session: Session, event: MatterEvent, groups: Collection[str]) -> set[str]:
    found: set[str] = set()
    if notices.HOLDER in groups:
        found.add(event.to_room_id)
    if notices.PATH in groups:
        found |= {one.room_id for one in session.scalars(queries.stops(event.matter_id))}
    if notices.BACKERS in groups:
        found |= {one.room_id for one in session.scalars(queries.endorsements(event.matter_id))}
    if notices.ABOVE in groups:
        found.add(session.get_one(Room, event.to_room_id).parent_id or event.to_room_id)
    return found
