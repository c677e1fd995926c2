"""Files joined to a consultation: always downloaded, never opened as a page of the site."""

from pathlib import Path

from flask import Response, abort, current_app, send_file

from ... import clock
from ...access import public
from ...extensions import db
from ...queries import outlines
from ..consultations import load
from .bp import bp

SANDBOX = "default-src 'none'; sandbox"


@bp.get("/documents/<document_id>")
@public
def document(document_id: str) -> Response:
    """Send a document of a consultation the reader may know of."""
    if not load.KEY.fullmatch(document_id):
        abort(404)
    query = outlines.document(document_id, load.reader(), clock.now())
    found = db.session.execute(query).scalar_one_or_none()
    file = Path(current_app.config["DATA_DIR"]) / "documents" / document_id
    if found is None or not file.is_file():
        abort(404)
    name = "".join(c for c in found.file_name if c.isprintable()) or "document"
    response = send_file(
        file, mimetype=found.media_type, as_attachment=True, download_name=name, max_age=0
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = "private, no-cache"
    return response
