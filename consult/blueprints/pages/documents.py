"""Files joined to a consultation: always downloaded, never opened as a page of the site."""

from flask import Response, abort

from ... import clock, joined_files
from ...access import public
from ...extensions import db
from ...queries import outlines
from ...services import documents
from ..consultations import load
from .bp import bp


@bp.get("/documents/<document_id>")
@public
def document(document_id: str) -> Response:
    """Send a document of a consultation the reader may know of."""
    if not load.KEY.fullmatch(document_id):
        abort(404)
    query = outlines.document(document_id, load.reader(), clock.now())
    found = db.session.execute(query).scalar_one_or_none()
    if found is None:
        abort(404)
    return joined_files.send(documents.SHELF, found, is_public=True)
