"""The open data of a consultation, streamed straight to the browser."""

from collections.abc import Iterator
from datetime import datetime

from flask import Response
from sqlalchemy.orm import Session

from ... import clock
from ...access import public
from ...extensions import db, limiter
from ...formats import exporters
from ...models import Consultation
from ...services import exports
from ..consultations import load
from .views import bp

KINDS = "csv, jsonl, ods"


@bp.get(f"/consultations/<slug>/export.<any({KINDS}):kind>")
@public
@limiter.limit("30 per minute")
def export(slug: str, kind: str) -> Response:
    """Send the published texts of a consultation in an open format."""
    consultation = load.visible_or_404(slug)
    parts = stream(consultation, kind, clock.now())
    first = next(parts, b"")  # what refuses, refuses before the first byte leaves
    exporter = exporters()[kind]
    response = Response(resumed(first, parts), mimetype=exporter.MEDIA_TYPE)
    name = f"{consultation.slug}.{exporter.EXTENSION}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def stream(consultation: Consultation, kind: str, now: datetime) -> Iterator[bytes]:
    """Yield the file, on a session of its own: the request's one closes before the last byte."""
    with Session(db.engine) as session:
        yield from exports.chunks(session, consultation, kind, now=now)


def resumed(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what was read ahead, then the rest; closing this closes the rest."""
    yield first
    yield from rest
