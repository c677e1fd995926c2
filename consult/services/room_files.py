"""The files of a room: joined to one of its documents, or left with the note of a seat."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from ..domain.errors import RuleBroken
from ..models import Account, RoomDocument, RoomFile, Seat
from ..queries import room_files as queries
from . import holding, rooms
from .stored_files import Shelf, Upload

SHELF = Shelf(RoomFile, "room-files", 10)
Holder = RoomDocument | Seat
WHAT: dict[type[Holder], str] = {RoomDocument: "document", Seat: "seat"}


def add(
    session: Session, holder: Holder, upload: Upload, *, by: Account, now: datetime
) -> RoomFile:
    """Keep what a file is; the caller writes its bytes.

    Raises taken-away (404) when its holder went meanwhile, documents-too-many, and what
    `domain.files.sniff` raises.
    """
    columns = upload.read()
    holding.row(session, holder)
    made = SHELF.join(session, columns, queries.held_by(holder), now=now, account_id=by.id)
    _note(session, "file-joined", holder, made, by=by, now=now)
    return made


def remove(
    session: Session, holder: Holder, joined: RoomFile, *, by: Account, now: datetime
) -> None:
    """Take a file away; the caller removes its bytes once that is committed.

    Raises file-alone (409) for all that a document holds.
    """
    holding.row(session, holder)
    says = isinstance(holder, Seat) or holder.body or holder.link
    if not says and len(ids(session, holder)) == 1:
        raise RuleBroken("file-alone", 409)
    SHELF.drop(session, joined)
    _note(session, "file-removed", holder, joined, by=by, now=now)


def ids(session: Session, holder: Holder) -> Sequence[str]:
    """Return the ids of the files that go with a document or a seat."""
    return [one.id for one in session.scalars(queries.of(holder)).all()]


def _note(
    session: Session, act: str, holder: Holder, joined: RoomFile, *, by: Account, now: datetime
) -> None:
    what = WHAT[type(holder)]
    facts = {what: holder.id, "file": joined.id}
    actor = f"account:{by.id}"
    rooms.note(session, f"{what}.{act}", holder.room_id, actor=actor, now=now, **facts)
