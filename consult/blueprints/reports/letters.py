"""The letters of a report: that it arrived, then what was decided."""

from datetime import datetime

from flask import current_app

from ...domain import reports as rules
from ...extensions import db
from ...i18n import gettext
from ...models import Consultation, Report, Statement
from ...queries import reports as queries
from ...services import notifications, reports
from ..accounts import letters


def received(report: Report, consultation: Consultation, now: datetime) -> None:
    """Tell someone that their report arrived, when they gave an address."""
    if reports.may_be_told(db.session(), report, now=now):
        _send("report_received", report, consultation, f"report:{report.id}", now)


def answered(statement: Statement, consultation: Consultation, now: datetime) -> None:
    """Tell those who gave an address what was decided about the text they reported."""
    for report in db.session.scalars(queries.told(statement.id, now)).all():
        _send(
            "report_answered",
            report,
            consultation,
            f"report-answered:{report.id}",
            now,
        )


def _send(name: str, report: Report, consultation: Consultation, key: str, now: datetime) -> None:
    why = rules.label(report.outcome or "", report.outcome_reason)
    subject, body = letters.write(
        name,
        report=report,
        consultation=consultation,
        reason=gettext(rules.REASONS[report.reason]),
        outcome=gettext(rules.OUTCOMES[report.outcome]) if report.outcome else "",
        why=gettext(why) if why else "",
        link=f"{current_app.config['BASE_URL']}/follow-up?number={report.number}",
    )
    notifications.queue(
        db.session(),
        recipient=report.email or "",
        subject=subject,
        body=body,
        dedup_key=key,
        now=now,
    )
