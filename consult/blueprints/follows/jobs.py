"""What the worker does for those who follow: weekly letters, replies, reminders, forgetting."""

from flask import Flask

from ... import clock, i18n
from ...extensions import db
from ...i18n import gettext
from ...queries import follows as queries
from ...services import announcements, digests, follows
from . import letters

AT_ONCE = 50


def send_digests(app: Flask) -> int:
    """Write the weekly letters that are due, so many at once; return how many were written.

    Each is written in the transaction that takes its person's week: killed at any moment, the
    worker leaves a whole letter or none.
    """
    session, written = db.session(), 0
    for person in digests.due(session, now=clock.now()):
        window = digests.take(session, person, now=clock.now())
        if window is not None:
            i18n.use(person.locale)
            groups, others = digests.gather(
                session, person, window, base_url=app.config["BASE_URL"], say=gettext
            )
            key = digests.key(person, window)
            sent = bool(groups) and letters.digest(person, key, groups, others)
            if sent or not groups:
                digests.told(person, window)
            written += sent
        session.commit()
    return written


def send_replies(_app: Flask) -> int:
    """Tell the authors who want it of the replies that were published; return how many letters."""
    session, now, written = db.session(), clock.now(), 0
    for row in session.execute(queries.untold_replies(now).limit(AT_ONCE)).all():
        person = follows.subscribe(session, row.email, now=now)
        written += letters.reply(person, row)
        session.commit()
    return written


def send_announcements(_app: Flask) -> int:
    """Write the letters of a message to those who follow, so many at once; return how many."""
    session, written = db.session(), 0
    said = announcements.waiting(session)
    if said is None:
        return 0
    told = announcements.readers(session, said)
    for person in told:
        what = letters.known(person, said.subject)
        written += what is not None and letters.announcement(person, said, what)
    announcements.reach(said, told, now=clock.now())
    session.commit()
    return written


def send_reminders(_app: Flask) -> int:
    """Remind of the drafts that are not sent when the close is near; return how many letters."""
    session, now, written = db.session(), clock.now(), 0
    for row in session.execute(queries.unsent_drafts(now).limit(AT_ONCE)).all():
        person = follows.subscribe(session, row.email, now=now)
        written += letters.deadline(person, row)
        session.commit()
    return written


def forget(_app: Flask) -> int:
    """Forget the follows that nobody confirmed."""
    gone = follows.forget_waiting(db.session(), now=clock.now())
    db.session.commit()
    return gone
