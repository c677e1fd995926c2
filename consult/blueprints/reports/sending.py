"""Reporting a public text: one page, one press, with or without an account."""

from typing import Any

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import requires, viewer
from ...domain import reports as rules
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext as _
from ...i18n import sentence
from ...models import Consultation, Question, Report, Statement
from ...queries import statements
from ...services import drafts, reports
from ..answers import load
from ..consultations.load import reader
from . import letters
from .routes import bp

FIELDS = {
    "report-name-missing": "name",
    "email-unreadable": "email",
    "good-faith-missing": "good_faith",
    "text-too-long": "explanation",
    "text-unreadable": "explanation",
}
TYPED = ("explanation", "name", "email")


def statement_or_404(statement_id: str) -> tuple[Statement, Consultation]:
    """Return a text that its reader may know of, or answer 404 as if it had never been."""
    load.key_or_404(statement_id)
    query = statements.visible_to(reader(), viewer().participant_id, clock.now())
    row = db.session.execute(query.where(Statement.id == statement_id)).one_or_none()
    if row is None:
        abort(404)
    return row[0], row[1]


@bp.get("/statements/<statement_id>/report")
@requires("report.write")
def ask(statement_id: str) -> ResponseReturnValue:
    """Ask what is wrong with a text."""
    statement, consultation = statement_or_404(statement_id)
    if statement.state != "published":
        raise RuleBroken("report-closed", 409)
    return page(statement, consultation)


def page(
    statement: Statement, consultation: Consultation, broken: RuleBroken | None = None
) -> ResponseReturnValue:
    """Render the form, with what was typed and what is wrong with it."""
    text = render_template(
        "reports/new.html",
        here=f"/statements/{statement.id}/report",
        statement=statement,
        consultation=consultation,
        question=db.session.get(Question, statement.question_id or ""),
        **form(broken),
    )
    return text, broken.status if broken else 200


def form(broken: RuleBroken | None) -> dict[str, Any]:
    """Return what the form of a report shows, with what was typed and what is wrong with it."""
    return {
        "reasons": {key: label for key, label in rules.REASONS.items() if key != rules.ILLEGAL},
        "legal": request.values.get("reason", "") == rules.ILLEGAL,
        "typed": {name: drafts.plain(request.form.get(name, "")) for name in TYPED},
        "good_faith": "good_faith" in request.form,
        "error": sentence(broken) if broken else "",
        "wrong": FIELDS.get(broken.code, "reasons") if broken else "",
    }


@bp.post("/statements/<statement_id>/report")
@requires("report.write")
@limiter.limit("30 per hour")
def send(statement_id: str) -> ResponseReturnValue:
    """Take a report, once from each person, and give its number."""
    statement, consultation = statement_or_404(statement_id)
    now = clock.now()
    try:
        notice = rules.read(request.form)
        participant = load.actor().participant_id
        report, is_new = reports.send(
            db.session(), statement, notice, participant_id=participant, now=now
        )
    except RuleBroken as broken:
        db.session.rollback()
        if broken.status != 422:
            raise
        return page(statement, consultation, broken)
    if is_new:
        letters.received(report, statement, consultation, now)
    db.session.commit()
    return taken(report, is_new)


def taken(report: Report, is_new: bool) -> ResponseReturnValue:
    """Say that a report is kept, and lead to its number."""
    done = _("Thank you. Your report is sent.") if is_new else _("You already reported this text.")
    flash(done, "success" if is_new else "info")
    return htmx.see_other("reports.show", report_id=report.id)
