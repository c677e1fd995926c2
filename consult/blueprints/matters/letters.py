"""The letters of a matter: each step to those it concerns, and a word before a delay is over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import current_app

from ... import i18n
from ...domain.matters import notices
from ...extensions import db
from ...models import Matter, MatterEvent, MatterMessage, Room
from ...services import matter_notices, matters
from ..room_letters import mail
from . import words


def tell(done: matters.Done, *, now: datetime) -> int:
    """Put in the outbox the letters about what happened to matters; return how many."""
    session, written = db.session(), 0
    for event in matter_notices.worth_telling(done.events):
        people = matter_notices.told(session, event, now=now)
        if people:
            matter = session.get_one(Matter, event.matter_id)
            written += _step(matter, event, people)
    return written


def tell_message(message: MatterMessage, *, now: datetime) -> int:
    """Put in the outbox the letters about what a room says to the others; return how many."""
    session = db.session()
    people = matter_notices.spoken(session, message, now=now)
    matter = session.get_one(Matter, message.matter_id)
    room = session.get_one(Room, message.room_id)
    facts: dict[str, Any] = {"matter": matter, "message": message}
    facts["link"] = f"{_link(matter)}#words"
    facts["room"] = None if room.is_private else room.name
    mark = f"matter-said:{message.id}"
    return _put("matter_message", people, lambda row: f"{mark}:{row.id}", **facts)


def tell_asked(matter: Matter, *, now: datetime) -> int:
    """Put in the outbox the letters about what is asked of a room; return how many."""
    session = db.session()
    people = matter_notices.of_holder(session, matter, now=now)
    room = session.get_one(Room, matter.room_id)
    facts = {"matter": matter, "link": _link(matter), "room": room}
    mark = f"matter-asked:{matter.id}"
    return _put("matter_asked", people, lambda row: f"{mark}:{row.id}", **facts)


def warn(matter: Matter, *, now: datetime) -> int:
    """Put in the outbox the letters that say a delay is nearly over; return how many."""
    session = db.session()
    people = matter_notices.of_holder(session, matter, now=now)
    facts = {"matter": matter, "link": _link(matter)}
    # The same delay is told of once, whatever happens to the matter meanwhile.
    mark = f"matter-due:{matter.id}:{matter.deadline_at:%Y%m%d%H%M}"
    return _put("matter_due", people, lambda row: f"{mark}:{row.id}", **facts)


def _step(matter: Matter, event: MatterEvent, people: Sequence[Any]) -> int:
    facts = {"matter": matter, "event": event, "link": _link(matter), "words": words}

    def key(row: Any) -> str:
        return matter_notices.key(event, row.id)

    return _put("matter_step", people, key, **facts)


def _put(name: str, people: Sequence[Any], key: Any, **facts: Any) -> int:
    """Put a letter for each of those who read it, in their language, with the link to stop."""
    before = i18n.locale()
    written = sum(mail.put(row, notices.SUBJECT, name, key(row), **facts) for row in people)
    i18n.use(before)
    return written


def _link(matter: Matter) -> str:
    return f"{current_app.config['BASE_URL']}/matters/{matter.id}"
