"""How rooms are kept: who runs them, when something was last done, who acts in their place."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from ..models import Account, Decision, Room, RoomMember, Territory, TerritoryContact
from . import rooms

Rows = Select[*tuple[Any, ...]]
PARIS = "Europe/Paris"
_Runner, _Runs = aliased(Account), aliased(RoomMember)
_Decides = aliased(RoomMember)


def runners(room: type[Room] = Room) -> ColumnElement[int]:
    """Count who runs a room and can sign in: write it into a query on `Room`."""
    return (
        select(func.count())
        .select_from(_Runs)
        .join(_Runner, _Runner.id == _Runs.account_id)
        .where(_Runs.room_id == room.id, rooms.runs_now(_Runs), _Runner.active)
        .correlate(room)
        .scalar_subquery()
    )


def acted_at(room: type[Room] = Room) -> ColumnElement[Any]:
    """Give when something was last done in a room: write it into a query on `Room`."""
    return func.coalesce(room.active_at, room.created_at)


def decided_at(room: type[Room] = Room) -> ColumnElement[Any]:
    """Give when those who run a room last decided about a text: write it into a query."""
    return (
        select(func.max(Decision.decided_at))
        .join(_Decides, _Decides.account_id == Decision.account_id)
        .where(_Decides.room_id == room.id, rooms.runs_now(_Decides))
        .correlate(room)
        .scalar_subquery()
    )


def with_care(query: Rows) -> Rows:
    """Add to a query on `Room` how each room is kept."""
    return query.add_columns(
        runners().label("runners"),
        acted_at().label("acted_at"),
        decided_at().label("decided_at"),
    )


def kept() -> Rows:
    """Select how each room is kept, the national one first."""
    return select(
        Room.id,
        Room.slug,
        Room.name,
        Room.level,
        Room.is_private,
        Room.parent_id,
        runners().label("runners"),
        acted_at().label("acted_at"),
        decided_at().label("decided_at"),
    ).order_by(*rooms.IN_ORDER)


def line(room_id: str) -> Rows:
    """Select how a room and those above it are kept, from the room to the top."""
    tree = rooms.line(room_id)
    above = kept().join(tree, tree.c.id == Room.id)
    return above.order_by(None).order_by(tree.c.height)


def told_of(room_ids: list[str]) -> Rows:
    """Select the addresses of those who run some rooms."""
    return (
        select(RoomMember.room_id, Account.id, Account.email)
        .join(Account, Account.id == RoomMember.account_id)
        .where(
            RoomMember.room_id.in_(room_ids),
            rooms.runs_now(),
            Account.active,
        )
        .order_by(Account.id, RoomMember.room_id)
    )


def described(query: Rows) -> Rows:
    """Add to a query on `Room` and `Territory` how each room is kept, its hours, whom to call."""
    contact = TerritoryContact.territory_code == Room.territory_code
    return query.add_columns(
        Room.purpose,
        func.coalesce(Territory.time_zone, PARIS).label("time_zone"),
        runners().label("runners"),
        acted_at().label("acted_at"),
        decided_at().label("decided_at"),
        TerritoryContact.name.label("contact_name"),
        TerritoryContact.phone.label("contact_phone"),
        TerritoryContact.email.label("contact_email"),
    ).outerjoin(TerritoryContact, contact)
