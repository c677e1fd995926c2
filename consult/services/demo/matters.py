"""The matters of the demonstration: what local rooms sent up, and what came back."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ... import demo
from ...domain import registers
from ...models import Room, RoomDocument
from .. import matter_words, matters
from .people import People

DAY = timedelta(days=1)


def write(session: Session, people: People, rooms: Mapping[str, Room]) -> None:
    """Begin each matter in its room, then let happen what the demonstration tells."""
    for entry in demo.read("matters")["matter"]:
        room, by = rooms[entry["room"]], people.accounts[entry["by"]]
        at = people.now + entry["day"] * DAY
        facts = _minutes(session, room) if "minutes" in entry else {}
        words = matters.Words(entry["title"], entry["body"], **facts)
        made = matters.begin(session, room, words, account_id=by, now=at)
        for number, step in enumerate(entry["step"], start=1):
            _step(session, people, rooms, made.id, number, step)


def _minutes(session: Session, room: Room) -> dict[str, Any]:
    """Return what a matter begins with: the minutes of its room."""
    mine = (RoomDocument.room_id == room.id, RoomDocument.kind == registers.MINUTES)
    query = select(RoomDocument.title, RoomDocument.id).where(*mine)
    row = session.execute(query.order_by(RoomDocument.dated_on, RoomDocument.id).limit(1)).one()
    return {"minutes": row.title, "document_id": row.id}


def _step(
    session: Session,
    people: People,
    rooms: Mapping[str, Room],
    matter_id: str,
    number: int,
    step: Mapping[str, Any],
) -> None:
    by, room_id = people.accounts[step["by"]], rooms[step["room"]].id
    at = people.now + step["day"] * DAY
    if step["act"] == "say":
        said = {"room_id": room_id, "account_id": by, "now": at}
        matter_words.say(session, matter_id, step["body"], **said)
        return
    what = matters.Act(
        step["act"],
        by,
        room_id,
        f"demo-{number:04}",
        reasons=step.get("reasons", ""),
        outcome=step.get("outcome"),
    )
    matters.act(session, matter_id, what, now=at)
