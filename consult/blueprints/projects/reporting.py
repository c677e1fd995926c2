"""Reporting a public project."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from ... import clock
from ...access import requires
from ...domain import reports as rules
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...services import reports
from ..answers import load as people
from ..reports import letters, sending
from . import load
from .routes import bp


@bp.get("/projects/<project_id>/report-text")
@requires("report.write")
def report_text(project_id: str) -> ResponseReturnValue:
    """Ask what is wrong with a project."""
    return _page(_public(project_id))


@bp.post("/projects/<project_id>/report-text")
@requires("report.write")
@limiter.limit("30 per hour")
def send_report(project_id: str) -> ResponseReturnValue:
    """Take a report, once from each person, and give its number."""
    found = _public(project_id)
    now = clock.now()
    try:
        notice = rules.read(request.form)
        participant = people.actor().participant_id
        report, is_new = reports.send_of_project(
            db.session(), found.project, notice, participant_id=participant, now=now
        )
    except RuleBroken as broken:
        db.session.rollback()
        if broken.status != 422:
            raise
        return _page(_public(project_id), broken)
    if is_new:
        letters.received(report, found.project, found.call, now)
    db.session.commit()
    return sending.taken(report, is_new)


def _public(project_id: str) -> load.Found:
    found = load.visible_or_404(project_id)
    if not found.is_public:
        raise RuleBroken("report-closed", 409)
    return found


def _page(found: load.Found, broken: RuleBroken | None = None) -> ResponseReturnValue:
    text = render_template(
        "projects/report_text.html",
        here=f"/projects/{found.project.id}/report-text",
        project=found.project,
        call=found.call,
        **sending.form(broken),
    )
    return text, broken.status if broken else 200
