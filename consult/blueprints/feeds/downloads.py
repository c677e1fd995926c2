"""The open data of a consultation, straight to the browser.

A short file is made whole, then sent: whoever reads it slowly keeps nobody waiting. A long one is
streamed, one at a time in each process, whose other thread answers the pages meanwhile.
"""

from collections.abc import Generator, Iterator
from datetime import datetime
from threading import BoundedSemaphore

from flask import Response
from sqlalchemy.orm import Session

from ... import clock
from ...access import public
from ...domain.errors import RuleBroken
from ...extensions import db, limiter, steady
from ...formats import exporters
from ...models import Consultation
from ...services import exports
from ...site import data_licence
from ..consultations import load
from .views import bp

KINDS = ", ".join(sorted(exporters()))  # read once, before anyone waits
# In texts: what is sent whole, and what a workbook may hold, written in memory as it is.
SHORT, WORKBOOK = 2_000, 10_000
_long_ones = BoundedSemaphore(1)


@bp.get(f"/consultations/<slug>/export.<any({KINDS}):kind>")
@public
@limiter.limit("30 per minute")
def export(slug: str, kind: str) -> Response:
    """Send the published texts of a consultation in an open format."""
    consultation = load.visible_or_404(slug)
    check_length(consultation, kind)
    parts = stream(consultation, kind, clock.now())
    first = next(parts, b"")  # what refuses, refuses before the first byte leaves
    if exports.passes(db.session(), consultation.id, SHORT):
        response = in_turn(first, parts)
    else:
        response = Response(first + b"".join(parts))
    exporter = exporters()[kind]
    response.mimetype = exporter.MEDIA_TYPE
    name = f"{consultation.slug}.{exporter.EXTENSION}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def check_length(consultation: Consultation, kind: str) -> None:
    """Raise workbook-too-long (409) for a file that is written only once it is whole."""
    if kind == "xlsx" and exports.passes(db.session(), consultation.id, WORKBOOK):
        raise RuleBroken("workbook-too-long", 409)


def in_turn(first: bytes, parts: Generator[bytes]) -> Response:
    """Stream a long file when no other is under way in this process, or raise download-busy."""
    if not _long_ones.acquire(blocking=False):
        parts.close()
        raise RuleBroken("download-busy", 429)
    response = Response(resumed(first, parts))
    response.call_on_close(_long_ones.release)
    return response


def stream(consultation: Consultation, kind: str, now: datetime) -> Generator[bytes]:
    """Yield the file, on a session of its own: the request's one closes before the last byte."""
    licence = data_licence()
    with Session(steady(db.engine)) as session:
        yield from exports.chunks(session, consultation, kind, now=now, licence=licence)


def resumed(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what was read ahead, then the rest; closing this closes the rest."""
    yield first
    yield from rest
