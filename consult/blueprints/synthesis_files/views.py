"""A published synthesis as a file, in each of its forms."""

import re
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, request

from ... import clock, synthesis_files
from ...access import requires
from ...extensions import db, limiter
from ...joined_files import SANDBOX
from ...models import SynthesisVersion
from ...queries import published_syntheses
from ...synthesis_documents import EXTENSIONS
from ..consultations import load

bp = Blueprint("synthesis_files", __name__)
_SLUG = re.compile(r"[0-9A-Za-z_-]{1,80}")
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


@bp.get("/syntheses/<slug>.<any(pdf, odt, docx, html, md, json):extension>")
@requires("synthesis.read")
@limiter.limit("60 per minute")
def download(slug: str, extension: str) -> Response:
    """Send a version of a synthesis, the last one unless another is asked for."""
    found = synthesis_files.readable(db.session(), _version_or_404(slug))
    form = EXTENSIONS[extension]
    mark = f"{found.digest[:40]}-{extension}"
    if mark in _held():
        return _marked(Response(status=304), mark)
    content = synthesis_files.content(
        Path(current_app.config["DATA_DIR"]), found, form, base_url=current_app.config["BASE_URL"]
    )
    response = Response(content, mimetype=form.media_type)
    name = f"{slug}-{found.number}.{extension}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = SANDBOX
    return _marked(response, mark)


def _version_or_404(slug: str) -> SynthesisVersion:
    asked = request.args.get("version")
    if not _SLUG.fullmatch(slug) or (asked is not None and not _NUMBER.fullmatch(asked)):
        abort(404)
    query = published_syntheses.version(
        slug, reader=load.reader(), now=clock.now(), number=int(asked) if asked else None
    )
    found = db.session.scalars(query).one_or_none()
    if found is None:
        abort(404)
    return found


def _held() -> set[str]:
    """Return the marks of the copies that the reader holds, without the compression's suffix."""
    marks = request.if_none_match.as_set(include_weak=True)
    return {mark.removeprefix("W/").strip('"').split(":")[0] for mark in marks}


def _marked(response: Response, mark: str) -> Response:
    response.set_etag(mark)
    return response
