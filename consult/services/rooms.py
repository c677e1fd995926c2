"""Rooms: opened, changed, joined and left; which one reads which place follows at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from ..domain import clean, colleges
from ..domain import rooms as rules
from ..domain.errors import RuleBroken
from ..models import (
    Account,
    Room,
    RoomInvitation,
    RoomMember,
    Setting,
    Territory,
    TerritoryModerator,
    new_id,
)
from ..queries import rooms as queries
from . import inserting, journal, slugs

NAME_LIMIT = 120
PURPOSE_LIMIT = 600
TURN = "rooms_changed_at"


@dataclass(frozen=True)
class Facts:
    """What is said of a room: its name, level, place, the room above, two choices, its purpose."""

    name: object
    level: object
    territory_code: str | None = None
    parent_id: str | None = None
    moderates: bool = False
    is_private: bool = False
    purpose: object = ""


def open_one(session: Session, facts: Facts, *, actor: str, now: datetime) -> Room:
    """Open a room.

    Raises room-name-missing, level-unknown, territory-unknown, parent-unknown, parent-not-above,
    moderator-without-place, and moderator-taken (409) when another room reads the territory.
    """
    room = add(session, facts, actor=actor, now=now)
    if room.moderates:
        work_out(session)
    return room


def add(session: Session, facts: Facts, *, actor: str, now: datetime) -> Room:
    """Open a room as `open_one` does; who opens several works out once who reads what."""
    take_turn(session, now)
    values = {"id": new_id(), "version": 1, "created_at": now, **_read(session, facts)}
    _refuse_second_moderator(session, values)
    # Nobody else opens a room meanwhile: the first free address is free.
    values["slug"] = next(slugs.free(session, values["name"], Room))
    room = Room(**values)
    session.add(room)
    session.flush()
    _record(session, "room.opened", room, actor, now, level=room.level)
    return room


def edit(
    session: Session, room: Room, facts: Facts, *, version: object, actor: str, now: datetime
) -> None:
    """Change what is said of a room; stale (409) when someone else did since the form was shown.

    Its address stays. Raises what `open_one` does, parent-below for a room that stands below it,
    and parent-not-above when a room below it would no longer be below.
    """
    take_turn(session, now)
    session.refresh(room)
    if version != str(room.version):
        raise RuleBroken("stale", 409)
    values = _read(session, facts)
    _refuse_second_moderator(session, {"id": room.id, **values})
    # Nobody else moves a room meanwhile: what is no ring now is none at the commit.
    if values["parent_id"] in session.scalars(queries.under(room.id)).all():
        raise RuleBroken("parent-below")
    for level in session.scalars(select(Room.level).where(Room.parent_id == room.id)):
        rules.check_parent(level, values["level"])
    reads = (room.moderates, room.territory_code)
    for name, value in values.items():
        setattr(room, name, value)
    room.version += 1
    session.flush()
    if reads != (room.moderates, room.territory_code):
        work_out(session)
    _record(session, "room.changed", room, actor, now, level=room.level)


def add_member(
    session: Session,
    room: Room,
    account: Account,
    role: str,
    *,
    actor: str,
    now: datetime,
    **facts: Any,
) -> None:
    """Let an account into a room; a member may become a facilitator.

    `facts` are the college that they are of, and the mandate that this follows from. Raises
    role-unknown, college-unknown, and member-already (409) for someone who is that, or more.
    """
    rules.role(role)
    college = colleges.read(facts.get("college"))
    held = session.scalar(_members(room.id).where(RoomMember.account_id == account.id))
    if held is not None and (held.role == role or held.role == rules.FACILITATOR):
        raise RuleBroken("member-already", 409)
    if held is not None:
        held.ended_at, college = now, college or held.college
        session.flush()
    values: dict[str, Any] = {"id": new_id(), "room_id": room.id, "account_id": account.id}
    values |= {"role": role}
    values |= {"college": college, "mandate_id": facts.get("mandate_id")}
    made = {**values, "is_named": False, "created_at": now}
    if not inserting.once(session, RoomMember, made):
        raise RuleBroken("member-already", 409)
    _record(session, "room.joined", room, actor, now, account=account.id, role=role)


def end_membership(
    session: Session, room: Room, account_id: str, *, actor: str, now: datetime
) -> None:
    """End what an account is in a room, from now on.

    Raises member-unknown (404), and facilitator-last (409) when neither this room nor one above
    would have a facilitator left.
    """
    take_turn(session, now)
    held = session.scalar(
        _members(room.id)
        .where(RoomMember.account_id == account_id)
        .execution_options(populate_existing=True)
    )
    if held is None:
        raise RuleBroken("member-unknown", 404)
    if held.role == rules.FACILITATOR and not someone_else(session, room, account_id):
        raise RuleBroken("facilitator-last", 409)
    held.ended_at = now
    session.flush()
    _forget_letters(session, room, account_id)
    _record(session, "room.left", room, actor, now, account=account_id, role=held.role)


def name_oneself(
    session: Session, room: Room, account_id: str, *, is_named: bool, now: datetime
) -> None:
    """Let a room's page give one's name, or no longer; member-unknown (404) for someone else."""
    done: Any = session.execute(
        update(RoomMember)
        .where(
            RoomMember.room_id == room.id,
            RoomMember.account_id == account_id,
            RoomMember.ended_at.is_(None),
        )
        .values(is_named=is_named)
    )
    if done.rowcount != 1:
        raise RuleBroken("member-unknown", 404)
    _record(session, "room.named", room, f"account:{account_id}", now, named=is_named)


def people(session: Session, room_id: str) -> Sequence[Any]:
    """Return who is in a room now, the facilitators first."""
    return session.execute(queries.people(room_id)).all()


def check_place(session: Session, facts: Facts, room: Room | None, account_id: str) -> None:
    """Check that whoever is no administrator only gives away what they hold; place-not-held (403).

    A room may be named the one that reads a territory when a room they facilitate, or one below,
    reads it today.
    """
    code = facts.territory_code
    if not facts.moderates or (room and room.moderates and room.territory_code == code):
        return
    reads = session.scalar(queries.moderator_of(code).with_only_columns(Room.id))
    held = select(Room.id).where(Room.id == reads, Room.id.in_(queries.held_by(account_id)))
    if session.scalar(held) is None:
        raise RuleBroken("place-not-held", 403)


def work_out(session: Session) -> None:
    """Work out again which room reads which territory."""
    session.execute(delete(TerritoryModerator))
    session.execute(
        insert(TerritoryModerator).from_select(["territory_code", "room_id"], queries.moderated())
    )


def _forget_letters(session: Session, room: Room, account_id: str) -> None:
    """Forget the letters that someone who goes has sent for this room and those below."""
    session.execute(
        delete(RoomInvitation).where(
            RoomInvitation.invited_by_id == account_id,
            RoomInvitation.used_at.is_(None),
            RoomInvitation.room_id.in_(queries.under(room.id)),
        )
    )


def take_turn(session: Session, now: datetime) -> None:
    """Wait until nobody else changes rooms; until the commit, nobody else does."""
    inserting.once(session, Setting, {"key": TURN, "value": ""})
    session.execute(update(Setting).where(Setting.key == TURN).values(value=now.isoformat()))


def _read(session: Session, facts: Facts) -> dict[str, Any]:
    """Return a room's columns as they are stored, or raise what is wrong with them."""
    level = rules.level(facts.level)
    if facts.territory_code and session.get(Territory, facts.territory_code) is None:
        raise RuleBroken("territory-unknown")
    if facts.moderates and not facts.territory_code:
        raise RuleBroken("moderator-without-place")
    above = None
    if facts.parent_id:
        above = session.get(Room, facts.parent_id, populate_existing=True)
    if facts.parent_id and above is None:
        raise RuleBroken("parent-unknown")
    rules.check_parent(level, above.level if above else None)
    return {
        "name": clean.line(facts.name, NAME_LIMIT, required="room-name-missing"),
        "level": level,
        "territory_code": facts.territory_code or None,
        "parent_id": above.id if above else None,
        "moderates": facts.moderates,
        "is_private": facts.is_private,
        "purpose": clean.text(facts.purpose, PURPOSE_LIMIT),
    }


def _refuse_second_moderator(session: Session, values: dict[str, Any]) -> None:
    if not values["moderates"]:
        return
    other = session.scalar(
        select(Room.name).where(
            Room.moderates,
            Room.territory_code == values["territory_code"],
            Room.id != values["id"],
        )
    )
    if other is not None:
        raise RuleBroken("moderator-taken", 409, room=other)


def _members(room_id: str) -> Any:
    return select(RoomMember).where(RoomMember.room_id == room_id, RoomMember.ended_at.is_(None))


def someone_else(session: Session, room: Room, account_id: str) -> bool:
    """Tell whether this room, or one above, has another facilitator who can sign in."""
    line = queries.line_of(room.id)
    count = (
        select(func.count())
        .select_from(RoomMember)
        .join(Account, Account.id == RoomMember.account_id)
        .where(
            RoomMember.room_id.in_(line),
            RoomMember.role == rules.FACILITATOR,
            RoomMember.ended_at.is_(None),
            RoomMember.account_id != account_id,
            Account.active,
        )
    )
    return bool(session.scalar(count))


def _record(
    session: Session, act: str, room: Room, actor: str, now: datetime, **facts: Any
) -> None:
    note(session, act, room.id, actor=actor, now=now, **facts)


def note(
    session: Session, act: str, room_id: str, *, actor: str, now: datetime, **facts: Any
) -> None:
    """Write in the journal what was done in a room, which shows that the room is alive."""
    session.execute(
        update(Room)
        .where(Room.id == room_id)
        .values(active_at=now)
        .execution_options(synchronize_session=False)
    )
    journal.record(session, act, f"room:{room_id}", actor=actor, now=now, **facts)
