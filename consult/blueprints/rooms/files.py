"""The files of a document of a room, for whoever may read the document."""

from flask import Response, abort

from ... import joined_files
from ...access import requires
from ...extensions import db
from ...queries import room_files as queries
from ...services import room_files
from . import load
from .routes import bp


@bp.get("/rooms/<slug>/documents/<paper_id>/files/<file_id>")
@requires("room.read")
def file(slug: str, paper_id: str, file_id: str) -> Response:
    """Send a file of a document; those of a private room are missing to those outside it."""
    room, found = load.visible_or_404(slug), None
    if load.ID.fullmatch(paper_id) and load.ID.fullmatch(file_id):
        found = db.session.scalars(queries.of_document(room.id, paper_id, file_id)).one_or_none()
    if found is None:
        abort(404)
    return joined_files.send(room_files.SHELF, found, is_public=not room.is_private)
