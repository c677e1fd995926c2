"""Joined files at the edge: received from a form, sent as downloads, never opened as a page."""

from typing import Any

from flask import Response, abort, current_app, request, send_file

from .domain import files
from .models import StoredFile
from .services.stored_files import UNNAMED, Shelf, Upload

SANDBOX = "default-src 'none'; sandbox"


def received() -> Upload:
    """Return the file that a form sends, and its title; none is an empty one."""
    sent = request.files.get("file")
    name, content = "", b""
    if sent is not None:
        name, content = sent.filename or "", sent.stream.read(files.MOST_BYTES + 1)
        sent.close()
    return Upload(name, content, request.form.get("title", ""))


def send(shelf: Shelf[Any], joined: StoredFile, *, is_public: bool = False) -> Response:
    """Send a file that the reader may have; no browser keeps one that is not public."""
    file = shelf.path(current_app.config["DATA_DIR"], joined.id)
    if not file.is_file():
        abort(404)
    name = "".join(c for c in joined.file_name if c.isprintable()) or UNNAMED
    response = send_file(
        file, mimetype=joined.media_type, as_attachment=True, download_name=name, max_age=0
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = "private, no-cache" if is_public else "private, no-store"
    return response
