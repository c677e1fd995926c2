"""Where a matter stands, read from its rows and written back with the event that moved it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from ..domain import matters
from ..domain.errors import RuleBroken
from ..domain.matters import delays, states, table
from ..models import Matter, MatterEndorsement, MatterEvent, MatterStop, Room, RoomMember
from ..queries import matters as queries
from ..queries import rooms
from . import journal, room_settings

# What the row of a matter holds of its state.
KEPT = ("stage", "outcome", "place", "asked", "reminded", "appealed", "version")


class Stop(NamedTuple):
    """A room that has held a matter: how high, what it must still look at, whether it sent back."""

    room: str
    place: int
    is_owed: bool
    has_returned: bool


@dataclass(frozen=True)
class Around:
    """What a move depends on beside the matter: the room above, its settings, how many make it."""

    room: Room
    settings: Mapping[str, int]
    needed: int


@dataclass(frozen=True)
class Said:
    """Who moved a matter, and with which vote of the room."""

    account_id: str | None = None
    vote: Mapping[str, Any] | None = None
    # The room of a person who acts as the author.
    room_id: str | None = None


def hold(session: Session, matter_id: str) -> Matter:
    """Return a matter as it is now, and keep it for oneself until the commit.

    Raises matter-unknown (404).
    """
    query = select(Matter).where(Matter.id == matter_id).with_for_update()
    found = session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise RuleBroken("matter-unknown", 404)
    return found


def is_beside(session: Session, room: Room, holder_id: str) -> bool:
    """Tell whether a room may carry a matter too: of the level of its holder, and not above it."""
    holder = session.get_one(Room, holder_id)
    above = session.scalars(rooms.line_of(holder.id)).all()
    return room.level == holder.level and room.id not in above


def read(session: Session, matter: Matter) -> states.State:
    """Return where a matter stands."""
    stops = session.scalars(queries.stops(matter.id)).all()
    backers = session.scalars(queries.endorsements(matter.id)).all()
    return state(
        matter,
        [Stop(one.room_id, one.place, one.is_owed, one.has_returned) for one in stops],
        [states.Backer(one.room_id, one.place, one.is_sibling) for one in backers],
    )


def state(matter: Matter, stops: Sequence[Stop], backers: Iterable[states.Backer]) -> states.State:
    """Return where a matter stands, from the rooms that have held it, in order, and its backers."""
    return states.State(
        line=tuple(one.room for one in stops),
        backers=frozenset(backers),
        returned=frozenset(one.place for one in stops if one.has_returned),
        owed=frozenset(one.room for one in stops if one.is_owed),
        **{name: getattr(matter, name) for name in KEPT},
    )


def replayed(session: Session, matter: Matter) -> states.State:
    """Return the state that the events of a matter lead to."""
    events = session.scalars(queries.events(matter.id)).all()
    begun = states.begin(matter.origin_room_id, asked=bool(events[0].facts.get("begun_asked")))
    kept = [states.event(e.id, e.name, e.facts["room"], e.reasons, e.facts) for e in events]
    return matters.replay(begun, kept)


def first_deadline(session: Session, room_id: str, asked: bool, now: datetime) -> datetime | None:
    """Return until when what is asked of a room waits; None for the draft of the room itself."""
    if not asked:
        return None
    begun = states.begin(room_id, asked=True)
    return delays.deadline(begun, now, room_settings.in_force(session, room_id))


def write(
    session: Session,
    matter: Matter,
    step: tuple[states.State, states.Event, states.State],
    said: Said,
    *,
    days: Mapping[str, int],
    now: datetime,
) -> MatterEvent:
    """Write the event that led from one state to the next, and the next one."""
    before, event, after = step
    if delays.renews(before, after):
        matter.deadline_at = delays.deadline(after, now, days)
    for name in KEPT:
        setattr(matter, name, getattr(after, name))
    matter.room_id, matter.updated_at = after.room, now
    _write_rooms(session, matter, before, after, now)
    row = MatterEvent(
        id=event.id,
        matter_id=matter.id,
        sequence=after.version,
        name=event.name,
        stage=after.stage,
        account_id=said.account_id,
        room_id=event.room or said.room_id,
        to_room_id=after.room,
        at=now,
        text_version=matter.text_version,
        vote=dict(said.vote) if said.vote else None,
        reasons=event.reasons,
        facts=_facts(before, event),
        deadline_at=matter.deadline_at,
    )
    session.add(row)
    session.flush()
    _record(session, row, now)
    _wake(session, row, now)
    return row


def _facts(before: states.State, event: states.Event) -> dict[str, Any]:
    """Return what is kept of an event so that the whole way can be walked again."""
    facts: dict[str, Any] = event.as_facts() | {"room": event.room}
    if before.stage == table.DRAFT:
        facts["begun_asked"] = before.asked
    return facts


def _record(session: Session, row: MatterEvent, now: datetime) -> None:
    """Write in the journal what happened to a matter."""
    actor = f"account:{row.account_id}" if row.account_id else "system"
    facts: dict[str, Any] = {"room": row.room_id, "stage": row.stage, "holder": row.to_room_id}
    subject = f"matter:{row.matter_id}"
    journal.record(session, f"matter.{row.name}", subject, actor=actor, now=now, **facts)


def _wake(session: Session, row: MatterEvent, now: datetime) -> None:
    """Note that a room is alive: one of its people acted for it, not the room above."""
    if row.account_id is None or row.room_id is None:
        return
    own = select(RoomMember.room_id).where(
        RoomMember.account_id == row.account_id, RoomMember.ended_at.is_(None)
    )
    earlier = func.coalesce(Room.active_at, Room.created_at) < now
    session.execute(
        update(Room)
        .where(Room.id == row.room_id, Room.id.in_(own), earlier)
        .values(active_at=now)
        .execution_options(synchronize_session=False)
    )


def _write_rooms(
    session: Session, matter: Matter, before: states.State, after: states.State, now: datetime
) -> None:
    """Write what changed of the rooms that held a matter and of those that carry it."""
    for place in range(len(before.line), len(after.line)):
        stop = MatterStop(matter_id=matter.id, place=place, room_id=after.line[place])
        session.add(stop)
    if (before.line, before.owed, before.returned) != (after.line, after.owed, after.returned):
        session.flush()
        for one in session.scalars(queries.stops(matter.id)):
            one.is_owed = one.room_id in after.owed
            one.has_returned = one.place in after.returned
    for backer in after.backers - before.backers:
        session.add(
            MatterEndorsement(
                matter_id=matter.id,
                room_id=backer.room,
                place=backer.place,
                is_sibling=backer.is_sibling,
                at=now,
            )
        )
