"""What the worker does for facilitators: one letter a morning when something is late."""

from datetime import timedelta
from typing import Any

from flask import Flask

from ... import clock, one_by_one, site
from ...domain import moderation
from ...domain import reminders as rules
from ...extensions import db
from ...services import reminders
from . import mail

MORNING = "morning"


def send_mornings(_app: Flask) -> int:
    """Write the letters of the mornings that have come; return how many were written.

    Each is written in the transaction that takes its morning, and tells what waits then.
    """
    session, now = db.session(), clock.now()
    delay = timedelta(hours=moderation.hours(site.settings()["moderation_hours"]))
    reminders.begin(session, now=now)
    session.commit()

    def write(row: Any) -> bool:
        if not reminders.take(session, row, now=now):
            return False
        late = reminders.gather(session, row.id, delay=delay, now=now)
        key = rules.key(row.id, now, row.zone)
        facts = {"late": late, "zone": row.zone}
        return bool(late) and mail.put(row, rules.SUBJECT, "waiting", key, **facts)

    rows = reminders.due(session, now=now, more=one_by_one.aside(MORNING))
    return one_by_one.each(MORNING, {row.id: row for row in rows}, write)
