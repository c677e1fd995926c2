"""The page of a person heard: their words whole, and the parts of the synthesis that quote them."""

from flask import abort
from flask.typing import ResponseReturnValue

from ... import access, cache, clock
from ...access import requires
from ...domain.syntheses import composed
from ...extensions import db
from ...queries import hearings as queries
from ..consultations import load
from .routes import bp


@bp.get("/syntheses/<slug>/hearings/<hearing_id>")
@requires("synthesis.read")
def hearing(slug: str, hearing_id: str) -> ResponseReturnValue:
    """Show what someone said who agrees to it, once the version in force quotes them.

    Those who write the synthesis see it before.
    """
    if not load.KEY.fullmatch(slug) or not load.KEY.fullmatch(hearing_id):
        abort(404)
    query = queries.agreed(slug, hearing_id, load.reader(), clock.now())
    row = db.session.execute(query).one_or_none()
    if row is None:
        abort(404)
    content = db.session.scalars(queries.in_force_with(hearing_id)).one_or_none()
    if content is None and not access.viewer().may("synthesis.write", row.Consultation):
        abort(404)
    parts = composed.read(content).parts if content else ()
    return cache.page(
        "syntheses/hearing.html",
        consultation=row.Consultation,
        synthesis=row.Synthesis,
        hearing=row.Hearing,
        is_published=content is not None,
        parts=[part for part in parts if any(quote.held == hearing_id for quote in part.quotes)],
    )
