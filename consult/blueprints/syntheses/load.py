"""Find a published synthesis for whoever reads: what they may not know of is missing."""

import re

from flask import abort

from ... import clock
from ...domain.syntheses.composed import Composed
from ...extensions import db
from ...models import Consultation, Synthesis, SynthesisVersion
from ...queries import syntheses as queries
from ...services import composing
from ..consultations import load

NUMBER = re.compile(r"[1-9][0-9]{0,5}")


def visible_or_404(slug: str) -> tuple[Synthesis, Consultation]:
    """Return a synthesis that has a version and its consultation, or answer 404."""
    if not load.KEY.fullmatch(slug):
        abort(404)
    query = queries.published_to(slug, load.reader(), clock.now())
    row = db.session.execute(query).one_or_none()
    if row is None:
        abort(404)
    return row.Synthesis, row.Consultation


def version_or_404(slug: str, asked: str = "") -> tuple[SynthesisVersion, Composed]:
    """Return the version that an address names, the one in force by default, or answer 404."""
    if asked and not NUMBER.fullmatch(asked):
        abort(404)
    return composing.published(db.session(), slug, int(asked or 0))
