"""What the worker does after a split: letters to those who owe a report, each once."""

from flask import Flask

from ... import clock, i18n, one_by_one
from ...extensions import db
from ...services import notifications, report_reminders
from ..accounts import letters

REMINDER = "reminder of a report"


def remind(_app: Flask) -> int:
    """Write the reminders of the reports that are due; return how many were written."""
    session, now = db.session(), clock.now()
    i18n.use("fr")

    def write(one: report_reminders.Reminder) -> bool:
        subject, body = letters.write("report_due", one=one)
        return notifications.queue(
            session, recipient=one.email, subject=subject, body=body, dedup_key=one.key, now=now
        )

    due = report_reminders.due(session, now=now, more=one_by_one.aside(REMINDER))
    return one_by_one.each(REMINDER, {one.key: one for one in due}, write)
