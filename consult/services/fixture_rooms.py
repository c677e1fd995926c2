"""The rooms of the known objects, and who runs them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain import rooms as rules
from ..models import Account, Consultation, CoOrganiser, Frame, Matter, Room, RoomDocument, Seat
from . import (
    agendas,
    editions,
    fixture_polls,
    frames,
    matters,
    registers,
    room_files,
    room_setup,
    rooms,
    seats,
)
from .stored_files import Upload

CONTENT = b"Un plan.\n"


class Known(NamedTuple):
    """A known room: its level, its place, the room above it by name."""

    level: str
    territory: str
    above: str | None = None
    moderates: bool = True
    is_private: bool = False


ROOMS: Mapping[str, Known] = {
    "room_national": Known(rules.NATIONAL, "FR"),
    "room_hub": Known(rules.HUB, "R-44", "room_national"),
    "room_other_hub": Known(rules.HUB, "C-988", "room_national"),
    "room_local": Known(rules.LOCAL, "D-54", "room_hub"),
    # A demand of three rooms of a hub goes up by itself.
    "room_local_b": Known(rules.LOCAL, "D-51", "room_hub"),
    "room_local_c": Known(rules.LOCAL, "D-51", "room_hub", False),
    "room_private": Known(rules.LOCAL, "C-988", "room_other_hub", False, True),
}
FACILITATORS: Mapping[str, str] = {
    "local_facilitator": "room_local",
    "local_facilitator_b": "room_local_b",
    "local_facilitator_c": "room_local_c",
    "hub_facilitator": "room_hub",
    "other_hub_facilitator": "room_other_hub",
    "national_facilitator": "room_national",
}


def furnish(
    session: Session, accounts: Mapping[str, Account], opened: str, *, now: datetime
) -> Mapping[str, Room]:
    """Open every known room, from the top, and let its facilitator in; return them by name.

    Let someone organise with another, too: the consultation of id `opened`.
    """
    joining = accounts["co_organiser"].id
    session.add(CoOrganiser(consultation_id=opened, account_id=joining, created_at=now))
    made: dict[str, Room] = {}
    for name, known in ROOMS.items():
        facts = rooms.Facts(
            name=name.replace("_", " "),
            level=known.level,
            territory_code=known.territory,
            parent_id=made[known.above].id if known.above else None,
            moderates=known.moderates,
            is_private=known.is_private,
        )
        made[name] = rooms.add(session, facts, actor="system", now=now)
    rooms.work_out(session)
    for person, name in FACILITATORS.items():
        account, role = accounts[person], rules.FACILITATOR
        rooms.add_member(session, made[name], account, role, actor="system", now=now)
    _give_work(session, made["room_local"], now)
    return made


def _give_work(session: Session, room: Room, now: datetime) -> None:
    """Give a known room a seat, a meeting, a document, a commitment and an official."""
    by: Mapping[str, Any] = {"actor": "system", "now": now}
    seats.open_seat(session, room.id, kind="ordinary", title="seat", **by)
    day = (now + timedelta(days=10)).date()
    hours = (f"{day}T18:00", f"{day}T20:00")
    meeting = agendas.Meeting("meeting", *hours, "Europe/Paris", place="Nancy", takes_names=True)
    agendas.plan(session, room.id, meeting, **by)
    values = {"kind": "decision", "title": "decision", "body": "decided"}
    registers.add(session, room.id, values, dated_on=now.date(), **by)
    registers.commit_to(session, room.id, {"what": "what", "who": "who"}, due_on=None, **by)
    named = {"name": "official", "institution": "institution"}
    room_setup.name_official(session, room.id, values=named, dates=(None, None), **by)


def join_files(
    session: Session, room: Room, by: Account, *, now: datetime
) -> dict[str, tuple[str, str]]:
    """Join a file to the decision of a known room, and leave one with its seat."""
    paper = session.scalars(select(RoomDocument).where(RoomDocument.room_id == room.id)).one()
    seat = session.scalars(select(Seat).where(Seat.room_id == room.id)).one()
    upload, here = Upload("plan.txt", CONTENT), f"/rooms/{room.slug}"
    joined = room_files.add(session, paper, upload, by=by, now=now)
    left = room_files.add(session, seat, upload, by=by, now=now)
    return {
        "attachment_document": (joined.id, f"{here}/documents/{paper.id}/files/{joined.id}"),
        "attachment_handover": (left.id, f"/console{here}/seats/{seat.id}/files/{left.id}"),
    }


def send_down(
    session: Session, made: Mapping[str, Room], opened: Consultation, by: Account, *, now: datetime
) -> Frame:
    """Send a frame down from the hub; offer the consultation to its local room."""
    editions.offer(session, opened, [made["room_local"].id], account=by, now=now)
    facts = frames.Facts("framework", "Un cadre commun", "Quatre points.", now + timedelta(days=9))
    return frames.publish(session, made["room_hub"], facts, chosen=None, actor="system", now=now)


def raise_matter(session: Session, room: Room, by: Account, *, now: datetime) -> Matter:
    """Begin a matter in a room and open it there."""
    words = matters.Words("Des postes fixes", "Les contrats de médiation sont trop courts.")
    matter = matters.begin(session, room, words, account_id=by.id, now=now)
    what = matters.Act("publish", by.id, room.id, "fixture-publish")
    return matters.act(session, matter.id, what, now=now).matter


def things(
    session: Session,
    accounts: Mapping[str, Account],
    crowd: Sequence[Account],
    opened: str,
    *,
    now: datetime,
) -> Mapping[str, tuple[str, str]]:
    """Make the rooms and what goes down through them; return the id and the page of each thing."""
    made = furnish(session, accounts, opened, now=now)
    source, by = session.get_one(Consultation, opened), accounts["organiser"]
    frame = send_down(session, made, source, by, now=now)
    pages = {name: (room.id, f"/rooms/{room.slug}") for name, room in made.items()}
    polls = fixture_polls.furnish(session, made, accounts, crowd, now=now)
    pages |= {name: (poll.id, f"/polls/{poll.id}") for name, poll in polls.items()}
    matter = raise_matter(session, made["room_local"], accounts["local_facilitator"], now=now)
    pages |= join_files(session, made["room_local"], accounts["local_facilitator"], now=now)
    pages["matter_local"] = (matter.id, f"/matters/{matter.id}")
    return pages | {"frame_open": (frame.id, f"/frames/{frame.id}")}
