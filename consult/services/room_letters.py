"""A facilitator writes to a room or a part of it: once a form, so many a week, in the journal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ..domain import room_letters as rules
from ..domain.errors import RuleBroken
from ..models import Account, Room, RoomLetter, new_id
from ..queries import room_letters as queries
from . import journal
from .announcements import Words


@dataclass(frozen=True)
class Draft:
    """What is written, to which part of the room, by which form."""

    words: Words
    part: object
    form: object


def send(
    session: Session, room: Room, draft: Draft, *, by: Account, now: datetime
) -> tuple[RoomLetter, Sequence[Any]]:
    """Keep a letter of a room; return it with whom it is still to be sent to.

    The same form sent twice gives the same letter, and nobody to send it to. Raises form-unknown,
    room-part-unknown, room-letter-to-nobody (409), and room-letters-enough (429).
    """
    form = rules.form(draft.form)
    session.refresh(room, with_for_update=True)  # the letters of a room are counted one by one
    if (sent := session.scalar(queries.of_form(room.id, form))) is not None:
        return sent, []
    rules.check_number(session.scalar(queries.sent_since(room.id, now - rules.WEEK)) or 0)
    people = session.execute(queries.reached(room.id, str(draft.part))).all()
    if not people:
        raise RuleBroken("room-letter-to-nobody", 409)
    letter = RoomLetter(
        id=new_id(),
        room_id=room.id,
        account_id=by.id,
        addressed_to=draft.part,
        title=draft.words.title,
        body=draft.words.body,
        people=len(people),
        form=form,
        created_at=now,
    )
    session.add(letter)
    session.flush()
    _record(session, letter)
    return letter, people


def _record(session: Session, letter: RoomLetter) -> None:
    """Write that someone wrote to how many, and not what."""
    journal.record(
        session,
        "room.written-to",
        f"room:{letter.room_id}",
        actor=f"account:{letter.account_id}",
        now=letter.created_at,
        letter=letter.id,
        part=letter.addressed_to,
        people=letter.people,
        title=rules.mark(letter.title),
    )
