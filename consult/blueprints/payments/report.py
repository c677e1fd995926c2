"""The report of a project: what was done, for how much, for how many, with a photo."""

from pathlib import Path

from flask import Response, abort, current_app, flash, render_template, request, send_file
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account, public, requires
from ...domain import money, photos
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext, locale, sentence
from ...models import OpenCall, Project, ProjectReport
from ...queries import payments as received
from ...queries import project_reports as queries
from ...services import documents, project_reports
from ..open_calls import load
from .kind import plain
from .routes import bp, carried, sent_file

PAGE = "payments.report"
FIELDS = ("done", "spent", "people", "photo_shows")


@bp.get("/projects/<project_id>/report")
@requires("project.write")
def report(project_id: str) -> ResponseReturnValue:
    """Ask what was done with the money."""
    return _page(carried(project_id))


@bp.post("/projects/<project_id>/report")
@requires("project.write")
@limiter.limit("60 per hour")
def write_report(project_id: str) -> ResponseReturnValue:
    """Keep the report; a button of its own publishes it."""
    project, me, typed = carried(project_id), account(), request.form.get
    folder = Path(current_app.config["DATA_DIR"])
    told = project_reports.Told(
        done=typed("done"),
        spent=typed("spent"),
        people=typed("people"),
        photo=sent_file("photo", photos.MOST_BYTES),
        photo_shows=typed("photo_shows"),
        locale=locale(),
        version=typed("version", "0"),
        publish="publish" in request.form,
    )
    try:
        gone = project_reports.write(
            db.session(), project, told, data_dir=folder, by=me, now=clock.now()
        )
    except RuleBroken as broken:
        db.session.rollback()
        return _page(carried(project_id), broken)
    db.session.commit()
    if gone:
        documents.SHELF.forget(folder, [gone])
    said = gettext("Your report is published.") if told.publish else gettext("Your report is kept.")
    flash(said, "success")
    return htmx.see_other(PAGE, project_id=project_id)


@bp.get("/projects/<project_id>/report/photo")
@public
def photo(project_id: str) -> Response:
    """Show the photo of a published report."""
    found = None
    if load.KEY.fullmatch(project_id):
        found = db.session.scalars(queries.shown(project_id)).one_or_none()
    if found is None or found.photo is None:
        abort(404)
    file = documents.SHELF.path(Path(current_app.config["DATA_DIR"]), found.photo)
    if not file.is_file():
        abort(404)
    response = send_file(file, mimetype=photos.MEDIA_TYPE, max_age=0)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _page(project: Project, broken: RuleBroken | None = None) -> ResponseReturnValue:
    session = db.session()
    kept = session.get(ProjectReport, project.id)
    typed = _kept(kept)
    if broken:
        typed = {name: plain(request.form.get(name, "")) for name in FIELDS}
    text = render_template(
        "payments/report.html",
        project=project,
        call=session.get_one(OpenCall, project.call_id),
        received=session.scalar(received.received(project.id)),
        known=kept,
        typed=typed,
        most=project_reports.DONE_LIMIT,
        error=sentence(broken) if broken else "",
    )
    return text, broken.status if broken else 200


def _kept(kept: ProjectReport | None) -> dict[str, str]:
    if kept is None:
        return dict.fromkeys(FIELDS, "")
    spent = "" if kept.spent_cents is None else money.written(kept.spent_cents, locale())
    people = "" if kept.people is None else str(kept.people)
    return {"done": kept.done, "spent": spent, "people": people, "photo_shows": kept.photo_shows}
