"""What the worker does for facilitators: one letter a morning when something is late."""

from datetime import timedelta

from flask import Flask

from ... import clock, site
from ...domain import moderation
from ...domain import reminders as rules
from ...extensions import db
from ...services import reminders
from . import mail


def send_mornings(_app: Flask) -> int:
    """Write the letters of the mornings that have come; return how many were written.

    Each is written in the transaction that takes its morning, and tells what waits then.
    """
    session, now, written = db.session(), clock.now(), 0
    delay = timedelta(hours=moderation.hours(site.settings()["moderation_hours"]))
    reminders.begin(session, now=now)
    session.commit()
    for row in reminders.due(session, now=now):
        if reminders.take(session, row, now=now):
            late = reminders.gather(session, row.id, delay=delay, now=now)
            key = rules.key(row.id, now, row.zone)
            facts = {"late": late, "zone": row.zone}
            written += bool(late) and mail.put(row, rules.SUBJECT, "waiting", key, **facts)
        session.commit()
    return written
