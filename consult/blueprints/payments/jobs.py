"""What the worker does after a split: letters to those who owe a report, each once."""

from flask import Flask

from ... import clock, i18n
from ...extensions import db
from ...services import notifications, report_reminders
from ..accounts import letters


def remind(_app: Flask) -> int:
    """Write the reminders of the reports that are due; return how many were written."""
    session, now, written = db.session(), clock.now(), 0
    i18n.use("fr")
    for one in report_reminders.due(session, now=now):
        subject, body = letters.write("report_due", one=one)
        written += notifications.queue(
            session, recipient=one.email, subject=subject, body=body, dedup_key=one.key, now=now
        )
    session.commit()
    return written
