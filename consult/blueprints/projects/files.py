"""Files joined to a project: downloaded by those who carry it and those who run the call."""

from flask import Response, abort, current_app, flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx, joined_files
from ...access import account, requires
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext, sentence
from ...models import ProjectFile
from ...prose import readable
from ...queries import projects as queries
from ...services import project_files
from . import load
from .routes import bp


def _joined(found: load.Found, file_id: str) -> ProjectFile:
    joined = db.session.get(ProjectFile, file_id) if load.ID.fullmatch(file_id) else None
    if joined is None or joined.project_id != found.project.id:
        abort(404)
    return joined


@bp.route("/projects/<project_id>/files", methods=["GET", "POST"])
@requires("project.write")
@limiter.limit("60 per hour", methods=["POST"])
def joined(project_id: str) -> ResponseReturnValue:
    """List the files, and join another."""
    found = load.written_or_refuse(project_id)
    if request.method == "GET":
        return _page(found)
    upload = joined_files.received()
    try:
        made = project_files.add(
            db.session(), found.call, found.project, upload, by=account(), now=clock.now()
        )
        project_files.SHELF.keep(current_app.config["DATA_DIR"], made.id, upload.content)
        db.session.commit()
    except RuleBroken as broken:
        db.session.rollback()
        return _page(load.written_or_refuse(project_id), broken)
    flash(gettext("The file is joined. It is not public."), "success")
    return htmx.see_other("projects.joined", project_id=project_id)


@bp.get("/projects/<project_id>/files/<file_id>")
@requires("account.manage")
def download(project_id: str, file_id: str) -> Response:
    """Send a file to those who write the project or run the call; it is missing to others."""
    found = load.visible_or_404(project_id)
    if not found.reads_contacts:
        abort(404)
    return joined_files.send(project_files.SHELF, _joined(found, file_id))


@bp.post("/projects/<project_id>/files/<file_id>/delete")
@requires("project.write")
def remove(project_id: str, file_id: str) -> ResponseReturnValue:
    """Take a file away."""
    found = load.written_or_refuse(project_id)
    one = _joined(found, file_id)
    project_files.remove(db.session(), found.call, one, by=account(), now=clock.now())
    db.session.commit()
    project_files.SHELF.forget(current_app.config["DATA_DIR"], [file_id])
    flash(gettext("The file is taken away."), "success")
    return htmx.see_other("projects.joined", project_id=project_id)


def _page(found: load.Found, broken: RuleBroken | None = None) -> ResponseReturnValue:
    text = render_template(
        "projects/files.html",
        project=found.project,
        files=db.session.scalars(queries.files(found.project.id)).all(),
        most=project_files.SHELF.most,
        error=sentence(broken) if broken else "",
        typed=readable(request.form.get("title", "")) if broken else "",
    )
    return text, broken.status if broken else 200
