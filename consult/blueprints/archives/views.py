"""Asking for the file of a whole consultation, following its making, taking it away."""

from pathlib import Path

from flask import Blueprint, Response, abort, current_app, flash, request, send_file
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account, requires
from ...extensions import db, limiter
from ...formats.open_data import MEDIA_TYPE
from ...i18n import gettext
from ...models import Consultation
from ...queries import archives as queries
from ...services import archives
from ..console.blueprint import managed
from ..consultations import cards, load
from . import files

bp = Blueprint("archives", __name__)


@bp.get("/consultations/<slug>/archive.zip")
@requires("export.read")
@limiter.limit("30 per minute")
def download(slug: str) -> Response:
    """Send the last file that was made, while nothing in it was taken away since."""
    consultation = load.visible_or_404(slug)
    made = db.session.scalars(queries.made(consultation.id)).one_or_none()
    file = files.path(_data_dir(), made.id) if made else None
    if file is None or not file.is_file():
        abort(404)
    response = send_file(
        file,
        mimetype=MEDIA_TYPE,
        as_attachment=True,
        download_name=f"{consultation.slug}.zip",
        etag=made.id if made else False,
        max_age=0,
    )
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@bp.get("/console/consultations/<slug>/archive")
@requires("export.full")
def show(slug: str) -> ResponseReturnValue:
    """Say which file there is, and how far the next one is."""
    return _page(managed(slug, "export.full"))


@bp.post("/console/consultations/<slug>/archive")
@requires("export.full")
@limiter.limit("10 per minute")
def ask(slug: str) -> ResponseReturnValue:
    """Ask for the file to be made now, or give it up; whoever asks twice follows the same one."""
    consultation = managed(slug, "export.full")
    if "cancel" in request.form:
        return _cancel(consultation)
    archives.ask(db.session(), consultation, account_id=account().id, now=clock.now())
    db.session.commit()
    flash(gettext("The file is being made. You can leave this page."), "success")
    return htmx.see_other("archives.show", slug=slug)


def _cancel(consultation: Consultation) -> ResponseReturnValue:
    archives.cancel(db.session(), consultation, account_id=account().id, now=clock.now())
    db.session.commit()
    flash(gettext("The making of the file is given up."), "success")
    return htmx.see_other("archives.show", slug=consultation.slug)


def _page(consultation: Consultation) -> ResponseReturnValue:
    made = db.session.scalars(queries.made(consultation.id)).one_or_none()
    file = files.path(_data_dir(), made.id) if made else None
    return htmx.render(
        "archives/show.html",
        "archives/_progress.html",
        consultation=consultation,
        card=cards.card(consultation, clock.now()),
        last=db.session.scalars(queries.last(consultation.id)).one_or_none(),
        made=made,
        size=file.stat().st_size if file and file.is_file() else None,
    )


def _data_dir() -> Path:
    return Path(current_app.config["DATA_DIR"])
