"""Hiding a project whose text breaks the rules, and showing it again."""

from flask import abort, flash, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account, requires
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext
from ...services import project_hiding
from ..reports import letters as alerts
from . import letters, load, showing
from .routes import bp


def moderated(project_id: str) -> load.Found:
    """Return a project whose text the reader looks after, or refuse them."""
    found = load.visible_or_404(project_id)
    if not found.may_moderate:
        abort(403)
    return found


@bp.post("/projects/<project_id>/hide")
@requires("project.moderate")
def hide(project_id: str) -> ResponseReturnValue:
    """Hide the project, and tell those who carry it why."""
    found = moderated(project_id)
    said = (request.form.get("reason"), request.form.get("words", ""))
    now = clock.now()
    try:
        is_new = project_hiding.hide(
            db.session(), found.call, found.project, said, by=account(), now=now
        )
    except RuleBroken as broken:
        db.session.rollback()
        if broken.status != 422:
            raise
        return showing.page(moderated(project_id), broken, "hide")
    if is_new:
        letters.hidden(found.call, found.project)
        alerts.answered_of(found.project, now)
    db.session.commit()
    flash(gettext("The project is hidden. Those who carry it are told why."), "success")
    return htmx.see_other("projects.show", project_id=project_id)


@bp.post("/projects/<project_id>/show")
@requires("project.moderate")
def show_again(project_id: str) -> ResponseReturnValue:
    """Show the project again, and tell those who carry it."""
    found = moderated(project_id)
    now = clock.now()
    if project_hiding.show(db.session(), found.call, found.project, by=account(), now=now):
        letters.shown(found.call, found.project)
        alerts.reopened_of(found.project, now)
    db.session.commit()
    flash(gettext("The project is public again."), "success")
    return htmx.see_other("projects.show", project_id=project_id)
