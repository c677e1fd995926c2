"""The promised answers: who promised what by when, kept or late."""

from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from ... import clock
from ...access import public
from ...domain import promises as rules
from ...domain.kinds import N_
from ...extensions import db
from ...queries import paging, promises
from . import given, reading, sent, shapes
from .bp import bp, reads


class Promise(ma.Schema):
    """An answer promised; `given_at` is null as long as nothing came."""

    institution = fields.String(required=True)
    what = fields.String(required=True, validate=validate.OneOf(sorted(promises.sources())))
    title = fields.String(required=True)
    url = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(rules.STATES))
    due_at = fields.String(required=True)
    given_at = fields.String(required=True, allow_none=True)


class PromiseQuery(sent.PageQuery):
    """A page of the promises, of one state or of all."""

    state = fields.String(validate=validate.OneOf(rules.STATES))


Promises = given.page("Promises", Promise)


@bp.get("/promises")
@reads(N_("List the promised answers: kept, late, expected."), Promises, PromiseQuery)
@public
def list_promises(query: reading.Query) -> reading.Answer:
    """List the promised answers, the latest date first."""
    now, limit = clock.now(), query["limit"]
    chosen = promises.listed(now, query.get("state"), query.get("cursor"), limit)
    found = db.session.execute(chosen).all()
    rows, after = paging.cut(found, lambda row: (row.due_at, row.id), limit)
    return reading.listed([_shape(row) for row in rows], after)


def _shape(row: Any) -> dict[str, Any]:
    return {
        "institution": row.institution,
        "what": row.source,
        "title": row.title,
        "url": shapes.url(row.path),
        "state": row.state,
        "due_at": row.due_at.isoformat(),
        "given_at": shapes.instant(row.given_at),
    }
