"""What a room is made of: its template, the colleges it wants, whom institutions name to it."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from ..domain import clean, colleges, room_templates
from ..domain.errors import RuleBroken
from ..models import Room, RoomCollege, RoomMember, RoomOfficial, new_id
from . import holding, rooms, seats

MOST_OFFICIALS = 50


def furnish(
    session: Session,
    room: Room,
    template: room_templates.RoomTemplate,
    *,
    say: Callable[[str], str],
    actor: str,
    now: datetime,
) -> None:
    """Give a room just opened what its template holds, in the words of `say`."""
    if not room.purpose:
        room.purpose = say(template.PURPOSE)
    _store_wanted(session, room.id, template.COLLEGES)
    for kind, title in template.SEATS:
        seats.open_seat(session, room.id, kind=kind, title=say(title), actor=actor, now=now)


def want(
    session: Session, room_id: str, typed: Mapping[str, object], *, actor: str, now: datetime
) -> None:
    """Set how many people of each college a room wants; college-number."""
    wanted = {name: colleges.wanted(typed.get(name)) for name in colleges.LABELS}
    _store_wanted(session, room_id, wanted)
    rooms.note(session, "room.wants", room_id, actor=actor, now=now)


def place(
    session: Session, room_id: str, account_id: str, college: object, *, actor: str, now: datetime
) -> None:
    """Say of which college someone is in a room; college-unknown, member-unknown (404)."""
    read = colleges.read(college)
    done: Any = session.execute(
        update(RoomMember)
        .where(
            RoomMember.room_id == room_id,
            RoomMember.account_id == account_id,
            RoomMember.ended_at.is_(None),
        )
        .values(college=read)
    )
    if done.rowcount != 1:
        raise RuleBroken("member-unknown", 404)
    facts = {"account": account_id, "college": read}
    rooms.note(session, "room.placed", room_id, actor=actor, now=now, **facts)


def name_official(
    session: Session,
    room_id: str,
    *,
    values: Mapping[str, object],
    dates: tuple[date | None, date | None],
    actor: str,
    now: datetime,
) -> RoomOfficial:
    """Write whom an institution names to answer a room, between two days or not.

    Raises official-name-missing, institution-missing, mandate-ends-first, officials-too-many.
    """
    about = _about(values, dates)
    held = select(func.count()).select_from(RoomOfficial).where(RoomOfficial.room_id == room_id)
    if (session.scalar(held) or 0) >= MOST_OFFICIALS:
        raise RuleBroken("officials-too-many", max=MOST_OFFICIALS)
    official = RoomOfficial(id=new_id(), room_id=room_id, created_at=now, **about)
    session.add(official)
    session.flush()
    rooms.note(session, "official.named", room_id, actor=actor, now=now, official=official.id)
    return official


def correct_official(
    session: Session,
    official: RoomOfficial,
    values: Mapping[str, Any],
    *,
    version: object,
    actor: str,
    now: datetime,
) -> None:
    """Correct what is written of someone whom an institution names, their two days included.

    Raises stale (409) when someone else did meanwhile, taken-away (404), and what `name_official`
    raises.
    """
    about = _about(values, (values.get("begins_on") or None, values.get("ends_on") or None))
    holding.row(session, official)
    if version != str(official.version):
        raise RuleBroken("stale", 409)
    for name, value in about.items():
        setattr(official, name, value)
    official.version += 1
    official.corrected_at = now
    session.flush()
    facts = {"official": official.id}
    rooms.note(session, "official.corrected", official.room_id, actor=actor, now=now, **facts)


def remove_official(session: Session, official: RoomOfficial, *, actor: str, now: datetime) -> None:
    """Take away someone whom an institution no longer names."""
    room_id, facts = official.room_id, {"official": official.id}
    session.delete(official)
    rooms.note(session, "official.removed", room_id, actor=actor, now=now, **facts)


def _about(values: Mapping[str, object], dates: tuple[date | None, date | None]) -> dict[str, Any]:
    """Read what is written of someone who answers for an institution."""
    begins, ends = dates
    if begins and ends and ends <= begins:
        raise RuleBroken("mandate-ends-first")
    return {
        "name": clean.line(values.get("name"), 120, required="official-name-missing"),
        "institution": clean.line(values.get("institution"), 200, required="institution-missing"),
        "theme": clean.line(values.get("theme"), 200),
        "phone": clean.line(values.get("phone"), 40),
        "email": clean.email(values.get("email")),
        "begins_on": begins,
        "ends_on": ends,
    }


def _store_wanted(session: Session, room_id: str, wanted: Mapping[str, int]) -> None:
    session.execute(delete(RoomCollege).where(RoomCollege.room_id == room_id))
    session.add_all(
        RoomCollege(room_id=room_id, college=name, wanted=number)
        for name, number in wanted.items()
        if number
    )
    session.flush()
