"""Matters: who sees which, where they are, what happened to each, which room has what to do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    case,
    func,
    or_,
    select,
    union,
)
from sqlalchemy.orm import aliased

from ..domain import rooms as levels
from ..domain import searching
from ..domain.matters import delays, table
from ..models import (
    Account,
    Matter,
    MatterEndorsement,
    MatterEvent,
    MatterStop,
    MatterText,
    Room,
    RoomMember,
    Territory,
)
from . import paging, rooms, territories
from .rooms import Reader

Rows = Select[*tuple[Any, ...]]
Origin = aliased(Room, name="origin")
Holder = aliased(Room, name="holder")
_By, _To, _Behind, _Family = aliased(Room), aliased(Room), aliased(Room), aliased(Matter)
BUSY = (table.OPEN, table.PENDING, table.REVIEW, table.RETURNED)
LATEST: tuple[Any, ...] = (Matter.updated_at, Matter.id)


def stops(matter_id: str) -> Select[MatterStop]:
    """Select the rooms that have held a matter, from the one where it began."""
    return select(MatterStop).where(MatterStop.matter_id == matter_id).order_by(MatterStop.place)


def endorsements(matter_id: str) -> Select[MatterEndorsement]:
    """Select the rooms that carry a matter too, the first ones first."""
    mine = MatterEndorsement.matter_id == matter_id
    order = (MatterEndorsement.at, MatterEndorsement.room_id)
    return select(MatterEndorsement).where(mine).order_by(*order)


def events(matter_id: str) -> Select[MatterEvent]:
    """Select what happened to a matter, in order."""
    mine = MatterEvent.matter_id == matter_id
    return select(MatterEvent).where(mine).order_by(MatterEvent.sequence)


def joined_to(matter_id: str) -> Select[str]:
    """Select the ids of the matters that wait for the answer of this one."""
    waiting = (Matter.joined_to_id == matter_id, Matter.stage == table.JOINED)
    return select(Matter.id).where(*waiting).order_by(Matter.id)


def may_join(matter: Any) -> tuple[ColumnElement[bool], ...]:
    """Tell which matters this one may join: the others that the same room has still to settle."""
    settled_next = Matter.stage.in_((table.PENDING, table.REVIEW))
    return (Matter.room_id == matter.room_id, Matter.id != matter.id, settled_next)


def is_visible(reader: Reader) -> ColumnElement[bool]:
    """Tell which matters a reader may know of; join `Origin` to use it.

    Whoever sees the room where it began, or is in a room that has held it. What was never opened
    is of those who run its room and of whoever wrote it; what was asked of a room also of those
    who run the rooms above, which act while it sleeps.
    """
    if reader.sees_all:
        return Matter.id.is_not(None)
    # What was taken back, or set aside, was never opened to the others.
    began = (MatterEvent.matter_id == Matter.id, MatterEvent.name == "publish")
    was_opened = select(MatterEvent.id).where(*began).exists()
    is_over = and_(Matter.stage == table.WITHDRAWN, was_opened)
    opened = or_(Matter.stage.not_in((table.DRAFT, table.WITHDRAWN)), is_over)
    seen = and_(opened, reader.sees(Origin))
    if reader.account_id is None:
        return seen
    now = (RoomMember.account_id == reader.account_id, RoomMember.ended_at.is_(None))
    inside = select(MatterStop.matter_id).join(
        RoomMember, and_(RoomMember.room_id == MatterStop.room_id, *now)
    )
    runs = select(RoomMember.room_id).where(*now, RoomMember.role == levels.FACILITATOR)
    own = or_(Matter.account_id == reader.account_id, Matter.origin_room_id.in_(runs))
    above = and_(Matter.asked, Matter.origin_room_id.in_(rooms.held_by(reader.account_id)))
    return or_(seen, and_(opened, Matter.id.in_(inside)), own, above)


@dataclass(frozen=True)
class Filters:
    """Which matters of a list: words, a territory, a state."""

    words: str = ""
    territory: str | None = None
    stage: str | None = None

    def condition(self) -> list[ColumnElement[bool]]:
        """Return what a matter must be; join `Origin` to use it."""
        found = [Matter.search.contains(term, autoescape=True) for term in self.terms]
        if self.territory:
            found.append(Origin.territory_code.in_(territories.within(self.territory)))
        if self.stage:
            found.append(Matter.stage == self.stage)
        return found

    @property
    def terms(self) -> list[str]:
        """The stems of the words looked for."""
        return searching.terms(self.words)


def listed(
    reader: Reader, filters: Filters, cursor: str | None = None, limit: int = paging.SIZE
) -> Rows:
    """Select a page of the matters a reader may know of, what moved last first."""
    query = _rows(reader).where(is_visible(reader), *filters.condition())
    return paging.after(query, LATEST, descending=True, cursor_text=cursor, limit=limit)


def one(matter_id: str, reader: Reader) -> Rows:
    """Select a matter with its text, if the reader may know of it."""
    last = and_(MatterText.matter_id == Matter.id, MatterText.version == Matter.text_version)
    query = _rows(reader).join(MatterText, last).where(Matter.id == matter_id, is_visible(reader))
    return query.add_columns(Matter, MatterText.body)


def title(matter_id: str, reader: Reader) -> Select[str]:
    """Select the title of a matter, if the reader may know of it."""
    query = select(Matter.title).join(Origin, Origin.id == Matter.origin_room_id)
    return query.where(Matter.id == matter_id, is_visible(reader))


WAITING, RECEIVED, SENT, ANSWERS = "waiting", "received", "sent", "answers"
TABS = (WAITING, RECEIVED, SENT, ANSWERS)


def of_tab(tab: str, room_id: str) -> ColumnElement[bool]:
    """Tell which matters are under a heading of a room's list."""
    mine = select(MatterStop.matter_id).where(MatterStop.room_id == room_id)
    owed = mine.where(MatterStop.is_owed)
    if tab == WAITING:
        held = and_(Matter.room_id == room_id, Matter.stage.in_((table.DRAFT, *BUSY)))
        return or_(held, Matter.id.in_(owed))
    if tab == RECEIVED:
        return Matter.id.in_(mine.where(MatterStop.place > 0))
    beyond = Matter.id.in_(mine.where(MatterStop.place < Matter.place).correlate(Matter))
    if tab == SENT:
        return and_(beyond, Matter.stage.in_((*BUSY, table.JOINED)))
    elsewhere = and_(Matter.room_id != room_id, Matter.id.in_(mine))
    return and_(elsewhere, Matter.stage.in_((table.DECIDED, table.CLOSED)))


def in_room(tab: str, room_id: str, reader: Reader, cursor: str | None = None) -> Rows:
    """Select a page of the matters under a heading of a room's list, what moved last first."""
    query = _rows(reader).where(of_tab(tab, room_id), is_visible(reader))
    return paging.after(query, LATEST, descending=True, cursor_text=cursor)


def of_room(
    room_id: str, reader: Reader, cursor: str | None = None, limit: int = paging.SIZE
) -> Rows:
    """Select a page of the matters that a room has held, what moved last first."""
    mine = select(MatterStop.matter_id).where(MatterStop.room_id == room_id)
    query = _rows(reader).where(Matter.id.in_(mine), is_visible(reader))
    return paging.after(query, LATEST, descending=True, cursor_text=cursor, limit=limit)


def counts(room_id: str, reader: Reader) -> Rows:
    """Count the matters under each heading of a room's list."""
    columns = [func.count(case((of_tab(tab, room_id), Matter.id))).label(tab) for tab in TABS]
    query = select(*columns).select_from(Matter).join(Origin, Origin.id == Matter.origin_room_id)
    mine = select(MatterStop.matter_id).where(MatterStop.room_id == room_id)
    return query.where(Matter.id.in_(mine), is_visible(reader))


def trail(matter_id: str, reader: Reader) -> Rows:
    """Select what happened to a matter, in order: who, for which room, why, until when."""
    by, to = _By, _To
    own = (
        RoomMember.account_id == MatterEvent.account_id,
        RoomMember.room_id == MatterEvent.room_id,
    )
    inside = select(RoomMember.id).where(*own).exists()
    shown = select(RoomMember.id).where(*own, RoomMember.is_named).exists()
    return (
        select(
            MatterEvent,
            case((shown, Account.name)).label("name"),
            inside.label("is_inside"),
            case((reader.sees(by), by.name)).label("room"),
            case((reader.sees(to), to.name)).label("holder"),
            case((reader.sees(by), by.slug)).label("slug"),
        )
        .outerjoin(Account, Account.id == MatterEvent.account_id)
        .outerjoin(by, by.id == MatterEvent.room_id)
        .join(to, to.id == MatterEvent.to_room_id)
        .where(MatterEvent.matter_id == matter_id)
        .order_by(MatterEvent.sequence)
    )


def due(now: datetime) -> Select[str]:
    """Select the ids of the matters whose delay is over, the oldest first."""
    return (
        select(Matter.id).where(Matter.deadline_at <= now).order_by(Matter.deadline_at, Matter.id)
    )


def nearly_due(now: datetime) -> Select[str]:
    """Select the ids of the matters whose delay is nearly over, and whose room was not told."""
    return (
        select(Matter.id)
        .where(
            Matter.deadline_at > now,
            Matter.deadline_at <= now + delays.SOON,
            Matter.stage.in_((table.DRAFT, *BUSY)),
            Matter.warned_version < Matter.version,
        )
        .order_by(Matter.deadline_at, Matter.id)
    )


STANDS = ("stage", "outcome", "asked", "version", "deadline_at")
SAME = ("id", "title", *STANDS, "created_at", "updated_at")


def _rows(reader: Reader) -> Rows:
    return (
        select(
            *(getattr(Matter, name) for name in SAME),
            *(
                case((reader.sees(room), getattr(room, part))).label(f"{name}_{part}")
                for name, room in (("origin", Origin), ("holder", Holder))
                for part in ("name", "slug")
            ),
            Holder.level.label("holder_level"),
            Origin.is_private.label("is_private"),
            Territory.code.label("territory_code"),
            Territory.name.label("territory"),
            Territory.time_zone.label("time_zone"),
            _behind().label("behind"),
        )
        .join(Origin, Origin.id == Matter.origin_room_id)
        .join(Holder, Holder.id == Matter.room_id)
        .outerjoin(Territory, Territory.code == Origin.territory_code)
    )


def _behind() -> ScalarSelect[int]:
    """Count the distinct local rooms that carry a matter, or one joined to it."""
    family, behind = _Family, _Behind
    ids = select(family.id).where(or_(family.id == Matter.id, family.joined_to_id == Matter.id))
    ids = ids.correlate(Matter)
    began = select(MatterStop.room_id).where(MatterStop.place == 0, MatterStop.matter_id.in_(ids))
    backs = select(MatterEndorsement.room_id).where(MatterEndorsement.matter_id.in_(ids))
    rooms = union(began.correlate(Matter), backs.correlate(Matter))
    local = (behind.id.in_(rooms), behind.level == levels.LOCAL)
    query = select(func.count()).select_from(behind).where(*local)
    return query.correlate(Matter).scalar_subquery()
