"""The letters of a report: that it arrived, what was decided, what a second reading changed."""

from collections.abc import Sequence
from datetime import datetime

from flask import current_app

from ...domain import reports as rules
from ...domain import second_readings
from ...extensions import db
from ...i18n import gettext
from ...models import Consultation, Decision, OpenCall, Project, Report, SecondReading, Statement
from ...queries import reports as queries
from ...services import notifications, reports
from ..accounts import letters

Place = Consultation | OpenCall


def received(report: Report, about: Statement | Project, place: Place, now: datetime) -> None:
    """Tell someone that their report arrived, and of which text, when they gave an address."""
    if reports.may_be_told(db.session(), report, now=now):
        kind = "project" if isinstance(about, Project) else about.kind
        page = f"{current_app.config['BASE_URL']}/{kind}s/{about.id}"
        key = f"report:{report.id}"
        _send("report_received", report, place, key, now, page=page)


def answered(ids: Sequence[str], now: datetime) -> None:
    """Tell those who gave an address what was just decided about what they reported."""
    for report, place in _addressed(ids):
        if report.answered_at == now:
            _send("report_answered", report, place, _key(report, report.decision_id), now)


def withdrawn(decisions: Sequence[Decision], now: datetime) -> None:
    """Take back the letters about decisions that are undone; tell those who were already told."""
    undone = {one.item_id: one.id for one in decisions}
    for report, place in _addressed(list(undone)):
        key = _key(report, undone[report.statement_id or report.project_id or ""])
        if report.answered_at is None and not notifications.cancel(db.session(), key, now=now):
            _send("report_reopened", report, place, f"{key}:undone", now)


def read_again(reading: SecondReading, now: datetime) -> None:
    """Tell those whose report a decision answered that someone else read the text, and how."""
    verdict = gettext(second_readings.OUTCOMES[str(reading.outcome)])
    for report, place in _addressed([reading.item_id]):
        if report.decision_id == reading.decision_id:
            key = f"{_key(report, reading.decision_id)}:second"
            _send("report_read_again", report, place, key, now, page=verdict)


def _addressed(ids: Sequence[str]) -> list[tuple[Report, Place]]:
    rows = db.session.execute(queries.with_address(ids)).all()
    return [(report, consultation or call) for report, consultation, call in rows]


def _key(report: Report, decision_id: str | None) -> str:
    return f"report-answered:{report.id}:{decision_id or ''}"


def _send(name: str, report: Report, place: Place, key: str, now: datetime, page: str = "") -> None:
    why = rules.label(report.outcome or "", report.outcome_reason)
    subject, body = letters.write(
        name,
        report=report,
        page=page,
        consultation=place,
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
