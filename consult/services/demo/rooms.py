"""The rooms of the demonstration, from the national one down, and who is in them."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from ... import demo
from ...domain import rooms as rules
from ...models import Account, Room, RoomMember
from .. import rooms
from . import room_life
from .people import People

NAMES = {"facilitators": rules.FACILITATOR, "members": rules.MEMBER}


def write(session: Session, people: People) -> Mapping[str, Room]:
    """Open every room, then work out once which one reads which place; return them by key."""
    said = demo.read("rooms")
    people.open_accounts(said["account"])
    made: dict[str, Room] = {}
    for about in said["room"]:
        made[about["key"]] = room = _open(session, about, made, people)
        for account_id, role in _in(about, people):
            account = session.get_one(Account, account_id)
            rooms.add_member(session, room, account, role, actor="system", now=people.now)
    room_life.write(session, people, made)
    session.execute(update(RoomMember).values(is_named=True))
    rooms.work_out(session)
    return made


def _open(
    session: Session, about: Mapping[str, Any], made: Mapping[str, Room], people: People
) -> Room:
    facts = rooms.Facts(
        name=about["name"],
        level=about["level"],
        territory_code=about.get("territory"),
        parent_id=made[about["above"]].id if "above" in about else None,
        moderates="territory" in about,
    )
    return rooms.add(session, facts, actor="system", now=people.now)


def _in(about: Mapping[str, Any], people: People) -> Iterator[tuple[str, str]]:
    for name, role in NAMES.items():
        for key in about.get(name, ()):
            yield people.accounts[key], role
