"""Asking that someone else read again the decision that hid a project."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account, requires
from ...domain import second_readings as rules
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext, sentence
from ...services import drafts, second_readings
from ..second_readings import reasons
from . import load
from .routes import bp


@bp.get("/projects/<project_id>/second-reading")
@requires("project.write")
def ask_again(project_id: str) -> ResponseReturnValue:
    """Show what was decided about the project, and ask what those who carry it answer."""
    return _page(load.written_or_refuse(project_id))


def _page(found: load.Found, broken: RuleBroken | None = None) -> ResponseReturnValue:
    project, call = found.project, found.call
    given = reasons.of_project(project, call)
    if given is None:
        raise RuleBroken("second-reading-nothing", 409)
    text = render_template(
        "projects/second_reading.html",
        project=project,
        call=call,
        base=f"/projects/{project.id}",
        id=project.id,
        zone=call.time_zone,
        given=given,
        most=rules.WORDS_LIMIT,
        typed=drafts.plain(request.form.get("words", "")),
        error=sentence(broken) if broken else "",
    )
    return text, broken.status if broken else 200


@bp.post("/projects/<project_id>/second-reading")
@requires("project.write")
@limiter.limit("20 per minute")
def send_again(project_id: str) -> ResponseReturnValue:
    """Ask for the second reading of the decision in force."""
    found = load.written_or_refuse(project_id)
    words, actor = request.form.get("words", ""), f"account:{account().id}"
    try:
        second_readings.ask(db.session(), found.project, words=words, actor=actor, now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        if broken.status != 422:
            raise
        return _page(load.written_or_refuse(project_id), broken)
    db.session.commit()
    flash(gettext("Your request is sent. Someone else will read your project."), "success")
    return htmx.see_other("projects.show", project_id=project_id)
