"""The pictures of a synthesis, for its page: once it is published, or for those who write."""

from pathlib import Path

from flask import Response, abort, current_app, send_file

from ... import access, clock
from ...access import requires
from ...domain import photos
from ...extensions import db
from ...queries import pictures as queries
from ...services.pictures import SHELF
from ..consultations import load
from .routes import bp


@bp.get("/syntheses/<slug>/pictures/<picture_id>")
@requires("synthesis.read")
def picture(slug: str, picture_id: str) -> Response:
    """Show a picture."""
    if not load.KEY.fullmatch(slug) or not load.KEY.fullmatch(picture_id):
        abort(404)
    query = queries.known(slug, picture_id, load.reader(), clock.now())
    row = db.session.execute(query).one_or_none()
    if row is None:
        abort(404)
    if not row.is_published and not access.viewer().may("synthesis.write", row.Consultation):
        abort(404)
    file = SHELF.path(Path(current_app.config["DATA_DIR"]), picture_id)
    if not file.is_file():
        abort(404)
    response = send_file(file, mimetype=photos.MEDIA_TYPE, max_age=0)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
