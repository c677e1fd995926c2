"""What the worker does for those who follow: weekly letters, replies, reminders, forgetting."""

from collections.abc import Callable
from typing import Any

from flask import Flask

from ... import clock, i18n, one_by_one
from ...extensions import db
from ...i18n import gettext
from ...models import Subscriber
from ...queries import follows as queries
from ...services import announcements, digests, follows
from . import letters

AT_ONCE = 50
WEEKLY, REPLY, DRAFT, MESSAGE = "weekly letter", "reply", "draft", "message"


def send_digests(app: Flask) -> int:
    """Write the weekly letters that are due, so many at once; return how many were written.

    Each is written in the transaction that takes its person's week: killed at any moment, the
    worker leaves a whole letter or none.
    """
    session = db.session()

    def write(person: Subscriber) -> bool:
        window = digests.take(session, person, now=clock.now())
        if window is None:
            return False
        i18n.use(person.locale)
        groups, others = digests.gather(
            session, person, window, base_url=app.config["BASE_URL"], say=gettext
        )
        sent = bool(groups) and letters.digest(person, digests.key(person, window), groups, others)
        if sent or not groups:
            digests.told(person, window)
        return sent

    people = digests.due(session, now=clock.now(), more=one_by_one.aside(WEEKLY))
    return one_by_one.each(WEEKLY, {person.id: person for person in people}, write)


def send_replies(_app: Flask) -> int:
    """Tell the authors who want it of the replies that were published; return how many letters."""
    return _tell_at_once(REPLY, queries.untold_replies(clock.now()), "id", letters.reply)


def send_announcements(_app: Flask) -> int:
    """Write the letters of a message to those who follow, so many at once; return how many.

    Where the letter of one fails, the others of the same time have theirs; those behind wait a
    moment for it, and not for ever.
    """
    session = db.session()
    said = announcements.waiting(session)
    if said is None:
        return 0

    def write(person: Subscriber) -> bool:
        what = letters.known(person, said.subject)
        return what is not None and letters.announcement(person, said, what)

    told = announcements.readers(session, said)
    people = {f"{said.id}:{person.id}": person for person in told}
    written = one_by_one.each(MESSAGE, people, write)
    if not one_by_one.will_be_tried(MESSAGE, people):
        announcements.reach(said, told, now=clock.now())
    session.commit()
    return written


def send_reminders(_app: Flask) -> int:
    """Remind of the drafts that are not sent when the close is near; return how many letters."""
    return _tell_at_once(DRAFT, queries.unsent_drafts(clock.now()), "key", letters.deadline)


def _tell_at_once(what: str, query: Any, key: str, write: Callable[[Subscriber, Any], bool]) -> int:
    session, now = db.session(), clock.now()

    def tell(row: Any) -> bool:
        return write(follows.subscribe(session, row.email, now=now), row)

    rows = session.execute(query.limit(AT_ONCE + one_by_one.aside(what))).all()
    return one_by_one.each(what, {getattr(row, key): row for row in rows}, tell)


def forget(_app: Flask) -> int:
    """Forget the follows that nobody confirmed."""
    gone = follows.forget_waiting(db.session(), now=clock.now())
    db.session.commit()
    return gone
