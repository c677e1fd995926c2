"""The projects of an open call, as anyone may read them."""

from typing import Any

import marshmallow as ma
from marshmallow import fields

from ... import clock
from ...access import public
from ...domain.kinds import N_
from ...extensions import db
from ...models import OpenCall
from ...queries import paging, projects
from ...services import assessments
from ..open_calls import load
from . import given, reading, sent, shapes
from .bp import bp, reads


class Carrier(ma.Schema):
    """The organisation that leads a project."""

    slug = fields.String(required=True)
    name = fields.String(required=True)


class Project(ma.Schema):
    """A project of an open call: what it asks, in cents, and where it stands."""

    id = fields.String(required=True)
    url = fields.String(required=True)
    number = fields.Integer(required=True)
    title = fields.String(required=True)
    for_whom = fields.String(required=True)
    what = fields.String(required=True)
    place = fields.String(required=True)
    territory = fields.Nested(given.Place, required=True, allow_none=True)
    theme = fields.String(required=True, allow_none=True)
    carrier = fields.Nested(Carrier, required=True, allow_none=True)
    asked_cents = fields.Integer(required=True)
    cost_cents = fields.Integer(required=True, allow_none=True)
    other_cents = fields.Integer(required=True)
    standing = fields.String(required=True)
    submitted_at = fields.DateTime(required=True)


class Projects(ma.Schema):
    """A page of projects."""

    items = fields.List(fields.Nested(Project), required=True)
    next = fields.String(required=True, allow_none=True)


@bp.get("/open-calls/<slug>/projects")
@reads(N_("List the projects of an open call."), Projects, sent.PageQuery)
@public
def list_projects(query: reading.Query, slug: str) -> reading.Answer:
    """List the projects of a call, in the order in which they were sent."""
    call, limit = load.visible_or_404(slug), query["limit"]
    chosen = projects.listed(call.id, query.get("cursor"), limit)
    rows, after = paging.cut(db.session.execute(chosen).all(), lambda row: (row.number,), limit)
    places = {row.territory_code or call.territory_code or "" for row in rows}
    lacking = assessments.unmet(db.session(), call, places, now=clock.now())
    return reading.listed(
        [_project(call, row, assessments.reached(call, row, lacking)) for row in rows], after
    )


def _project(call: OpenCall, row: Any, standing: str) -> dict[str, Any]:
    same = ("id", "number", "title", "for_whom", "what", "place")
    money = ("asked_cents", "cost_cents", "other_cents", "submitted_at")
    lead = {"slug": row.carrier_slug, "name": row.carrier} if row.carrier else None
    return {
        **{name: getattr(row, name) for name in (*same, *money)},
        "url": shapes.url(f"/projects/{row.id}"),
        "territory": shapes.place(row.territory_code, row.territory),
        "theme": call.themes[row.theme - 1] if row.theme else None,
        "carrier": lead,
        "standing": standing,
    }
