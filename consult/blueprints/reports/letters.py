"""The letters of a report: that it arrived, then what was decided."""

from collections.abc import Sequence
from datetime import datetime

from flask import current_app

from ...domain import reports as rules
from ...extensions import db
from ...i18n import gettext
from ...models import Consultation, Decision, OpenCall, Project, Report, Statement
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


def answered(statement_ids: Sequence[str], now: datetime) -> None:
    """Tell those who gave an address what was just decided about the texts they reported."""
    for report, consultation in db.session.execute(queries.with_address(statement_ids)).all():
        if report.answered_at == now:
            _send("report_answered", report, consultation, _key(report, report.decision_id), now)


def withdrawn(decisions: Sequence[Decision], now: datetime) -> None:
    """Take back the letters about decisions that are undone; tell those who were already told."""
    undone = {one.statement_id: one.id for one in decisions}
    for report, consultation in db.session.execute(queries.with_address(list(undone))).all():
        key = _key(report, undone[report.statement_id])
        if report.answered_at is None and not notifications.cancel(db.session(), key, now=now):
            _send("report_reopened", report, consultation, f"{key}:undone", now)


def answered_of(project: Project, now: datetime) -> None:
    """Tell those who gave an address what was just decided about the project they reported."""
    for report, call in db.session.execute(queries.with_address_of(project.id)).all():
        if report.answered_at == now:
            _send("report_answered", report, call, _key(report, now.isoformat()), now)


def reopened_of(project: Project, now: datetime) -> None:
    """Tell those who gave an address that the project they reported is read again."""
    for report, call in db.session.execute(queries.with_address_of(project.id)).all():
        if report.answered_at is None:
            key = _key(report, f"{now.isoformat()}:undone")
            _send("report_reopened", report, call, key, now)


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
