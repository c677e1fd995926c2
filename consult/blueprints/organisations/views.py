"""One page an organisation."""

import re

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from ... import cache, clock, exposure
from ...access import requires
from ...domain import signatures
from ...extensions import db
from ...models import Organisation
from ...queries import answers as queries
from ...queries import statements
from ..consultations.load import reader

bp = Blueprint("organisations", __name__)
_SLUG = re.compile(r"[a-z0-9-]{1,80}")


@bp.get("/organisations/<slug>")
@requires("consultation.read")
def show(slug: str) -> ResponseReturnValue:
    """List the answers that an organisation signed, the newest first."""
    if not _SLUG.fullmatch(slug):
        abort(404)
    organisation = db.session.scalar(select(Organisation).where(Organisation.slug == slug))
    if organisation is None:
        abort(404)
    cursor = request.args.get("cursor")
    query = queries.of_organisation(organisation.id, reader(), clock.now(), cursor)
    rows, after = statements.page(db.session.execute(query).all())
    if not rows and not cursor:
        abort(404)
    exposure.note([row.id for row in rows])
    return cache.page(
        "organisations/show.html",
        organisation=organisation,
        answers=rows,
        kinds=signatures.ACTOR_LABELS,
        next_url=f"/organisations/{slug}?cursor={after}" if after else None,
    )
