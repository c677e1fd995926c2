"""Who is in a room, as its page says it: colleges, names, seats, people to turn to."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ...domain import colleges, rooms, seats
from ...extensions import db
from ...models import Seat, SeatMandate
from ...queries import seats as queries


@dataclass(frozen=True)
class People:
    """Who is in a room now: its colleges, and the facilitators who agreed to be named."""

    parts: Sequence[colleges.Part]
    named: Sequence[str]
    facilitators: int
    number: int
    elsewhere: int  # those who are of no college yet

    @property
    def missing(self) -> list[colleges.Part]:
        """The colleges in which someone is still to be found."""
        return [part for part in self.parts if part.missing]


@dataclass(frozen=True)
class Held:
    """A seat: who holds it now, who is to hold it next, who held it and stays named."""

    id: str
    title: str
    kind: str
    handover: str
    holder: SeatMandate | None
    next: SeatMandate | None
    relays: Sequence[str]


def of_room(room_id: str) -> People:
    """Return who is in a room now."""
    rows = db.session.execute(queries.composition(room_id)).all()
    wanted = {row.college: row.number for row in rows if row.role == queries.WANTED}
    people: list[Any] = [row for row in rows if row.role != queries.WANTED]
    held = Counter(row.college for row in people if row.college)
    running = [row for row in people if row.role == rooms.FACILITATOR]
    return People(
        parts=colleges.parts(held, wanted),
        named=[row.name for row in running if row.is_named and row.name],
        facilitators=len(running),
        number=len(people),
        elsewhere=len(people) - sum(held.values()),
    )


def seated(room_id: str, today: date) -> list[Held]:
    """Return the seats of a room, in the order they were opened."""
    found: dict[str, tuple[Seat, list[SeatMandate]]] = {}
    for seat, mandate in db.session.execute(queries.of_room(room_id, today)):
        _seat, mandates = found.setdefault(seat.id, (seat, []))
        if mandate is not None:
            mandates.append(mandate)
    return [_held(seat, mandates, today) for seat, mandates in found.values()]


def _held(seat: Seat, mandates: Sequence[SeatMandate], today: date) -> Held:
    ends = {one.id: seats.end(one.ends_on, one.ended_on) for one in mandates}
    now = [one for one in mandates if seats.is_in_force(one.begins_on, ends[one.id], today)]
    coming = [one for one in mandates if one.begins_on > today and ends[one.id] != one.begins_on]
    over = [one for one in mandates if (end := ends[one.id]) and end <= today and one.stays]
    return Held(
        id=seat.id,
        title=seat.title,
        kind=seat.kind,
        handover=seat.handover,
        holder=now[0] if now else None,
        next=coming[0] if coming else None,
        relays=[one.name for one in over],
    )
