"""Rooms that nobody runs, or where nothing happens: which acts instead, and who is told."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..domain import vacancies as rules
from ..models import Setting
from ..queries import vacancies as queries
from . import inserting

WEEK = "rooms_asleep_week"


class Digest(NamedTuple):
    """What one person is told: the rooms that they act for now, in one letter."""

    account_id: str
    email: str
    rooms: Sequence[Any]


def in_charge(session: Session, room_id: str, *, now: datetime) -> Any:
    """Return the room that acts for a room: itself while it is awake, else one above, or None."""
    return rules.in_charge(session.execute(queries.line(room_id)).all(), now)


def states(session: Session, *, now: datetime) -> Mapping[str, str]:
    """Say how the rooms are that are not awake, by their ids."""
    found = ((row.id, rules.state(row, now)) for row in session.execute(queries.kept()))
    return {key: state for key, state in found if state != rules.AWAKE}


def take_week(session: Session, *, now: datetime) -> bool:
    """Take the week of the digests: whoever takes it, once, writes the letters with it."""
    year, number, _day = now.isocalendar()
    week = f"{year}-{number:02}"
    if session.scalar(select(Setting.value).where(Setting.key == WEEK)) == week:
        return False
    inserting.once(session, Setting, {"key": WEEK, "value": ""})
    taken: Any = session.execute(
        update(Setting).where(Setting.key == WEEK, Setting.value != week).values(value=week)
    )
    return bool(taken.rowcount)


def digests(session: Session, *, now: datetime) -> list[Digest]:
    """Return what to tell those who run the rooms that act for rooms that are not awake."""
    rows = session.execute(queries.kept()).all()
    by_id = {row.id: row for row in rows}
    acting: dict[str, list[Any]] = {}
    for row in rows:
        if rules.state(row, now) != rules.AWAKE:
            above = rules.in_charge(_line(row, by_id.get), now)
            if above is not None and above.id != row.id:
                acting.setdefault(above.id, []).append(row)
    told: dict[str, Digest] = {}
    for room_id, account_id, email in session.execute(queries.told_of(list(acting))):
        so_far = told.get(account_id, Digest(account_id, email, ()))
        told[account_id] = so_far._replace(rooms=[*so_far.rooms, *acting[room_id]])
    return list(told.values())


def _line(row: Any, known: Callable[[str], Any]) -> list[Any]:
    line = [row]
    while line[-1].parent_id is not None:
        line.append(known(line[-1].parent_id))
    return line
