"""Rooms: who sees which, who holds which, and which one reads what is written about a place."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased

from ..domain import rooms
from ..models import (
    Account,
    Consultation,
    Room,
    RoomInvitation,
    RoomMember,
    Statement,
    Territory,
    TerritoryMember,
    TerritoryModerator,
)
from . import paging

Rows = Select[*tuple[Any, ...]]
MOST = 500
Parent = aliased(Room, name="parent")
# Made once: an alias costs more to make than to query.
_Above, _Inner = aliased(Room), aliased(Room)
ALTITUDE = case({name: -rooms.rank(name) for name in rooms.LEVELS}, value=Room.level)
IN_ORDER: tuple[Any, ...] = (ALTITUDE, Room.name, Room.id)
SAID = [Room.id, Room.slug, Room.name, Room.level, Room.moderates, Room.is_private, Room.version]
SAID += [Room.territory_code, Room.parent_id]
# The narrowest territory first: of two rooms that hold a place, the nearest reads.
WIDTHS = ("commune", "epci", "department", "collectivity", "former-region")
WIDEST = ("region", "country")


@lru_cache(maxsize=256)
def held_by(account_id: str) -> Select[str]:
    """Select the ids of the rooms an account facilitates, and of all that stand below them.

    A query that asks it of several rooms, and of several columns of each, walks down once.
    """
    return select(_below(_facilitated(account_id)).c.id)


def ways_to(room_id: str, account_id: str) -> Select[str]:
    """Select the levels of the rooms an account facilitates among a room and those above it."""
    held = _facilitated(account_id)
    return select(Room.level).where(Room.id.in_(line_of(room_id)), Room.id.in_(held))


def line_of(room_id: str) -> Select[str]:
    """Select the ids of a room and of those above it."""
    return select(line(room_id).c.id)


def line(room_id: str) -> CTE:
    """Give a room, at height 0, and those above it, each one higher than the one before."""
    own = select(Room.id, Room.parent_id, literal(0).label("height")).where(Room.id == room_id)
    tree = own.cte(recursive=True)
    next_one = select(_Above.id, _Above.parent_id, tree.c.height + 1)
    return tree.union(next_one.join(tree, _Above.id == tree.c.parent_id))


def room_of() -> ColumnElement[str | None]:
    """Give the id of the room that reads a text: write it into a query on `Statement`.

    It is the room of the text's own territory, else of its consultation's; null for none: the
    organisers of the consultation then read it. Which room reads a territory is worked out when
    rooms change (`services.rooms`), so that this is a look at a key.
    """
    own, asked = aliased(TerritoryModerator), aliased(TerritoryModerator)
    about = aliased(Consultation)
    of_text = select(own.room_id).where(own.territory_code == Statement.territory_code)
    of_consultation = (
        select(asked.room_id)
        .join(about, about.territory_code == asked.territory_code)
        .where(about.id == Statement.consultation_id)
    )
    return func.coalesce(
        of_text.correlate(Statement).scalar_subquery(),
        of_consultation.correlate(Statement).scalar_subquery(),
    )


def moderated() -> Rows:
    """Select each territory that a room reads, with the nearest of the rooms that hold it.

    A room holds its territory, what this groups, what these group in turn, and all that lies in
    any of them.
    """
    reach = _reach()
    width = {kind: place for place, kind in enumerate(WIDTHS)}
    width |= {kind: 20 + place for place, kind in enumerate(WIDEST)}
    own = aliased(Territory)
    place = func.row_number().over(
        partition_by=reach.c.code,
        # What administrators grouped themselves is wider than a former region.
        order_by=(case(width, value=own.kind, else_=10), own.code),
    )
    ranked = (
        select(reach.c.code, reach.c.room_id, place.label("place"))
        .join(Room, Room.id == reach.c.room_id)
        .join(own, own.code == Room.territory_code)
        .subquery()
    )
    return select(ranked.c.code, ranked.c.room_id).where(ranked.c.place == 1)


def _reach() -> CTE:
    """Pair each room that reads a territory with all the territories it holds."""
    first, second = aliased(TerritoryMember), aliased(TerritoryMember)
    reads = Room.moderates
    own = select(Room.id.label("room_id"), Room.territory_code.label("code")).where(reads)
    grouped = (
        select(Room.id, first.member_code)
        .join(first, first.group_code == Room.territory_code)
        .where(reads)
    )
    further = (
        select(Room.id, second.member_code)
        .join(first, first.group_code == Room.territory_code)
        .join(second, second.group_code == first.member_code)
        .where(reads)
    )
    seeds = union_all(own, grouped, further).subquery()
    tree = select(seeds.c.room_id, seeds.c.code).cte(recursive=True)
    inner = aliased(Territory)
    return tree.union(
        select(tree.c.room_id, inner.code).join(inner, inner.parent_code == tree.c.code)
    )


@dataclass(frozen=True)
class Reader:
    """Who reads: nobody known, an account, or an administrator."""

    account_id: str | None = None
    sees_all: bool = False

    def sees(self, room: type[Room] = Room) -> ColumnElement[bool]:
        """Tell which rooms they may know of: public, their own, or below one they facilitate."""
        if self.sees_all:
            return true()
        if self.account_id is None:
            return room.is_private.is_(False)
        joined = select(RoomMember.room_id).where(_is_now(self.account_id))
        own = or_(room.id.in_(joined), room.id.in_(held_by(self.account_id)))
        return or_(room.is_private.is_(False), own)


def moderator_of(code: str | None) -> Select[Room]:
    """Select the room that reads what is written about a territory."""
    return (
        select(Room)
        .join(TerritoryModerator, TerritoryModerator.room_id == Room.id)
        .where(TerritoryModerator.territory_code == code)
    )


def with_moderator(code: str, reader: Reader) -> Select[Territory, Room | None]:
    """Select a territory, and the room that reads what is written there if the reader sees it."""
    return (
        select(Territory, Room)
        .outerjoin(TerritoryModerator, TerritoryModerator.territory_code == Territory.code)
        .outerjoin(Room, and_(Room.id == TerritoryModerator.room_id, reader.sees()))
        .where(Territory.code == code)
    )


def listed(reader: Reader, cursor: str | None = None, limit: int = paging.SIZE) -> Rows:
    """Select a page of the rooms a reader may know of, the national one first."""
    seen = _rows(reader).where(reader.sees())
    return paging.after(seen, IN_ORDER, descending=False, cursor_text=cursor, limit=limit)


def by_slug(slug: str, reader: Reader) -> Rows:
    """Select a room by its address, if the reader may know of it."""
    return _rows(reader).where(Room.slug == slug, reader.sees())


def below(room_id: str, reader: Reader) -> Rows:
    """Select the rooms directly below one that a reader may know of."""
    held = _rows(reader).where(Room.parent_id == room_id, reader.sees())
    return held.order_by(*IN_ORDER).limit(MOST)


def managed(reader: Reader) -> Rows:
    """Select the rooms someone looks after: all for an administrator, else those they hold."""
    query = _rows(reader).order_by(*IN_ORDER).limit(MOST)
    if reader.sees_all:
        return query
    return query.where(Room.id.in_(held_by(reader.account_id or "")))


def runs_now(member: Any = RoomMember) -> ColumnElement[bool]:
    """Tell whether a membership lets someone run its room now."""
    return and_(member.role == rooms.FACILITATOR, member.ended_at.is_(None))


def people(room_id: str) -> Rows:
    """Select who is in a room now, the facilitators first."""
    return (
        select(
            RoomMember.id,
            RoomMember.role,
            RoomMember.is_named,
            RoomMember.college,
            RoomMember.created_at,
            Account.id.label("account_id"),
            Account.name,
            Account.email,
            Account.active,
        )
        .join(Account, Account.id == RoomMember.account_id)
        .where(RoomMember.room_id == room_id, RoomMember.ended_at.is_(None))
        .order_by(RoomMember.role, RoomMember.created_at, RoomMember.id)
    )


def named(room_id: str) -> Select[str]:
    """Select the names of the facilitators of a room who agreed to be named."""
    return (
        select(Account.name)
        .join(RoomMember, RoomMember.account_id == Account.id)
        .where(RoomMember.room_id == room_id, runs_now(), RoomMember.is_named, Account.name != "")
        .order_by(RoomMember.created_at, RoomMember.id)
    )


def invited(room_id: str, now: datetime) -> Select[RoomInvitation]:
    """Select the letters of a room that can still be accepted, the oldest first."""
    return (
        select(RoomInvitation)
        .where(
            RoomInvitation.room_id == room_id,
            RoomInvitation.used_at.is_(None),
            RoomInvitation.expires_at > now,
        )
        .order_by(RoomInvitation.created_at, RoomInvitation.id)
    )


def under(room_id: str) -> Select[str]:
    """Select the ids of a room and of those below it."""
    return select(_below(select(Room.id).where(Room.id == room_id)).c.id)


def _rows(reader: Reader) -> Rows:
    sees_parent = reader.sees(Parent)
    return (
        select(
            *SAID,
            ALTITUDE.label("altitude"),
            Territory.name.label("territory"),
            case((sees_parent, Parent.slug)).label("parent_slug"),
            case((sees_parent, Parent.name)).label("parent_name"),
            _count(rooms.FACILITATOR).label("facilitators"),
            _count(rooms.MEMBER).label("members"),
        )
        .outerjoin(Territory, Territory.code == Room.territory_code)
        .outerjoin(Parent, Parent.id == Room.parent_id)
    )


def _count(role: str) -> ScalarSelect[int]:
    of_room = and_(RoomMember.room_id == Room.id, RoomMember.ended_at.is_(None))
    query = select(func.count()).select_from(RoomMember).where(of_room, RoomMember.role == role)
    return query.correlate(Room).scalar_subquery()


def _facilitated(account_id: str) -> Select[str]:
    return select(RoomMember.room_id).where(
        _is_now(account_id), RoomMember.role == rooms.FACILITATOR
    )


def _is_now(account_id: str) -> ColumnElement[bool]:
    return and_(RoomMember.account_id == account_id, RoomMember.ended_at.is_(None))


def _below(held: Select[str]) -> CTE:
    tree = select(Room.id).where(Room.id.in_(held)).cte(recursive=True)
    return tree.union(select(_Inner.id).join(tree, _Inner.parent_id == tree.c.id))
