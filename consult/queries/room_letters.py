"""Letters of a room: whom they reach, those that were sent, who may read them again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)

from ..domain import follows
from ..domain import room_letters as rules
from ..domain.errors import RuleBroken
from ..models import Account, Room, RoomLetter, RoomMember, StoppedLetters, Subscriber
from . import paging

Rows = Select[*tuple[Any, ...]]
# What a room's people are told apart by; each value that someone has makes a part to write to.
PARTS: Mapping[str, Any] = {"role": RoomMember.role, "college": RoomMember.college}
NEWEST: tuple[Any, ...] = (RoomLetter.created_at, RoomLetter.id)


def subject(room_id: str) -> str:
    """Return the name of a room's letters, for whoever stops them."""
    return f"room:{room_id}"


def reached(room_id: str, part: str = rules.EVERYONE) -> Rows:
    """Select whom a letter reaches: who is in the room now and did not stop such letters.

    Raises room-part-unknown.
    """
    query: Rows = select(
        Account.id, Account.email, func.coalesce(Subscriber.locale, "fr").label("locale")
    )
    return _reach(query, room_id).where(_is_of(part)).order_by(Account.id)


def parts(room_id: str) -> CompoundSelect[Any]:
    """Select whom one may write to, and how many people each choice reaches now."""
    number = func.count().label("number")
    everyone = _reach(select(literal(rules.EVERYONE).label("part"), number), room_id)
    some = [
        _reach(select((literal(f"{name}:") + column).label("part"), number), room_id)
        .where(column.is_not(None))
        .group_by(column)
        for name, column in PARTS.items()
    ]
    return union_all(everyone, *some).order_by("part")


def sent_since(room_id: str, since: datetime) -> Select[int]:
    """Count the letters of a room since an instant."""
    return (
        select(func.count())
        .select_from(RoomLetter)
        .where(RoomLetter.room_id == room_id, RoomLetter.created_at > since)
    )


def of_form(room_id: str, form: str) -> Select[RoomLetter]:
    """Select the letter that a form has sent."""
    return select(RoomLetter).where(RoomLetter.room_id == room_id, RoomLetter.form == form)


def listed(room_id: str, cursor: str | None = None) -> Rows:
    """Select a page of the letters of a room, the latest first, each with its writer's name."""
    query: Rows = (
        select(RoomLetter, Account.name)
        .outerjoin(Account, Account.id == RoomLetter.account_id)
        .where(RoomLetter.room_id == room_id)
    )
    return paging.after(query, NEWEST, descending=True, cursor_text=cursor)


def membership(room_id: str, account_id: str) -> Rows:
    """Select what someone is in a room now, and whether they stopped its letters."""
    return select(RoomMember.role, _is_stopped(room_id).label("stopped")).where(
        RoomMember.room_id == room_id,
        RoomMember.account_id == account_id,
        RoomMember.ended_at.is_(None),
    )


def stopped(account_id: str) -> Rows:
    """Select the letters that an account stopped, each with the room they come from, if any."""
    return (
        select(StoppedLetters.subject, Room.name)
        .outerjoin(Room, StoppedLetters.subject == literal(subject("")) + Room.id)
        .where(StoppedLetters.account_id == account_id)
        .order_by(StoppedLetters.created_at.desc(), StoppedLetters.subject)
    )


def _is_of(part: str) -> ColumnElement[bool]:
    kind, name = rules.part(part)
    if not kind:
        return true()
    if kind not in PARTS:
        raise RuleBroken("room-part-unknown")
    is_of: ColumnElement[bool] = PARTS[kind] == name
    return is_of


def _is_stopped(room_id: str) -> ColumnElement[bool]:
    return (
        select(StoppedLetters.account_id)
        .where(
            StoppedLetters.account_id == RoomMember.account_id,
            StoppedLetters.subject == subject(room_id),
        )
        .exists()
    )


def _reach(query: Rows, room_id: str) -> Rows:
    wants = or_(Subscriber.letters.is_(None), Subscriber.letters != follows.NONE)
    return (
        query.select_from(RoomMember)
        .join(Account, Account.id == RoomMember.account_id)
        .outerjoin(Subscriber, Subscriber.email == Account.email)
        .where(
            RoomMember.room_id == room_id,
            RoomMember.ended_at.is_(None),
            Account.active,
            wants,
            ~_is_stopped(room_id),
        )
    )
