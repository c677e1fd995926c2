"""Who was at a meeting, one by one: its facilitators see the names, everyone the numbers."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ..domain import agendas as rules
from ..domain import clean
from ..domain.errors import RuleBroken
from ..models import EventAttendance, RoomEvent, new_id
from ..queries import agendas as queries
from . import agendas, rooms

MOST = 1000


@dataclass(frozen=True)
class Person:
    """Someone who may have been at a meeting: who they are, their name, how they were there."""

    key: str
    name: str
    way: str = ""
    account_id: str | None = None
    participant_id: str | None = None


@dataclass(frozen=True)
class Said:
    """What was said of a meeting: how each person was there, by key; names to add; the stamp."""

    ways: Mapping[str, object]
    names: object = ""
    names_way: object = rules.ON_SITE
    seen: object = ""


def people(session: Session, event: RoomEvent) -> list[Person]:
    """Return who may have been at a meeting: the members, who said so, and who was noted."""
    noted = session.scalars(queries.attended(event.id)).all()
    ways = {one.account_id or one.participant_id or one.id: one.way for one in noted}
    found: dict[str, Person] = {}
    taken: set[str | None] = set()
    for row in session.execute(queries.members(event.room_id)):
        name = row.name or row.email
        found[row.id] = Person(row.id, name, ways.get(row.id, ""), row.id)
        taken.add(row.participant_id)
    for one in session.scalars(queries.registered(event.id)):
        if (key := one.participant_id) not in taken:
            found[key] = Person(key, one.name, ways.get(key, ""), None, key)
    for kept in noted:
        key = kept.account_id or kept.participant_id or kept.id
        ids = (kept.account_id, kept.participant_id)
        found.setdefault(key, Person(key, kept.name, kept.way, *ids))
    return sorted(found.values(), key=lambda one: (one.name.casefold(), one.key))


def stamp(session: Session, event: RoomEvent) -> str:
    """Return the mark of the list as it is kept."""
    rows = session.scalars(queries.attended(event.id)).all()
    said = ",".join(sorted(f"{one.id}:{one.way}" for one in rows))
    return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()


def note(session: Session, event: RoomEvent, said: Said, *, actor: str, now: datetime) -> None:
    """Note who was at a meeting and how; whoever the form did not show stays as they were.

    Raises event-not-begun and stale (409), attendance-unknown, attendance-full.
    """
    agendas.hold(session, event)
    if event.cancelled_at is not None or event.starts_at > now:
        raise RuleBroken("event-not-begun", 409)
    if said.seen != stamp(session, event):
        raise RuleBroken("stale", 409)
    kept = {
        one.account_id or one.participant_id or one.id: one
        for one in session.scalars(queries.attended(event.id)).all()
    }
    for one in [*_said(people(session, event), said), *_added(said)]:
        row = kept.pop(one.key, None)
        if row is not None and not one.way:
            session.delete(row)
        elif row is not None:
            row.way = one.way
        elif one.way:
            ids = {"account_id": one.account_id, "participant_id": one.participant_id}
            facts = {"event_id": event.id, "name": one.name, "way": one.way, "created_at": now}
            session.add(EventAttendance(**ids, **facts))
    session.flush()
    _count(session, event)
    facts = {"event": event.id, "number": event.attended}
    rooms.note(session, "event.attended", event.room_id, actor=actor, now=now, **facts)


def _said(known: Sequence[Person], said: Said) -> list[Person]:
    """Return the people that the form spoke of, each with what it said."""
    return [
        Person(one.key, one.name[:120], rules.way(said.ways[one.key]), one.account_id,
               one.participant_id)
        for one in known
        if one.key in said.ways
    ]  # fmt: skip


def _added(said: Said) -> list[Person]:
    """Return the people whose names were typed, one a line."""
    lines = clean.text(said.names).splitlines()
    names = [name for line in lines if (name := clean.line(line, 120))]
    way = rules.way(said.names_way) or rules.ON_SITE
    return [Person(new_id(), name, way) for name in names]


def _count(session: Session, event: RoomEvent) -> None:
    """Write how many were there, which everyone reads."""
    ways = [one.way for one in session.scalars(queries.attended(event.id))]
    if len(ways) > MOST:
        raise RuleBroken("attendance-full", max=MOST)
    event.attended = len(ways) or None
    event.attended_remote = ways.count(rules.REMOTE) if ways else None
    session.flush()
