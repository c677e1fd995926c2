"""The split of a call: its inputs, its rule, what each project receives, the digest of it all."""

from typing import Any

import marshmallow as ma
from marshmallow import fields

from ...access import public
from ...domain.kinds import N_
from ..splits import load
from . import reading, sent, shapes
from .bp import bp, reads


class SplitEnvelope(ma.Schema):
    """What one funder gave, and what was shared of it, in cents."""

    funder = fields.String(required=True)
    amount_cents = fields.Integer(required=True)
    awarded_cents = fields.Integer(required=True)


class SplitLine(ma.Schema):
    """A project: what it asked, the most it could receive, what it receives of each envelope."""

    project = fields.String(required=True)
    number = fields.Integer(required=True)
    url = fields.String(required=True)
    asked_cents = fields.Integer(required=True)
    maximum_cents = fields.Integer(required=True)
    priority = fields.Integer(required=True, allow_none=True)
    awarded_cents = fields.Integer(required=True)
    parts_cents = fields.List(fields.Integer(), required=True)


class Split(ma.Schema):
    """A published split; `record` is the file whose bytes have this digest (SHA-256)."""

    open_call = fields.String(required=True)
    number = fields.Integer(required=True)
    reason = fields.String(required=True)
    published_at = fields.DateTime(required=True)
    rule = fields.String(required=True)
    version = fields.String(required=True)
    seed = fields.String(required=True)
    digest = fields.String(required=True)
    record = fields.String(required=True)
    envelope_cents = fields.Integer(required=True)
    asked_cents = fields.Integer(required=True)
    awarded_cents = fields.Integer(required=True)
    left_cents = fields.Integer(required=True)
    projects = fields.Integer(required=True)
    envelopes = fields.List(fields.Nested(SplitEnvelope), required=True)
    items = fields.List(fields.Nested(SplitLine), required=True)
    next = fields.String(required=True, allow_none=True)


@bp.get("/open-calls/<slug>/split")
@reads(N_("Read the split of a call."), Split, sent.PageQuery)
@public
def read_split(query: reading.Query, slug: str) -> reading.Answer:
    """Read the split in force of a call, a page of its projects at a time."""
    found = load.published(slug)
    decision, envelopes = found.decision, load.envelopes(found.decision)
    rows, after = load.lines(decision, "number", query.get("cursor"), query["limit"])
    parts = load.parts(decision, rows)
    names = "number reason published_at rule digest envelope_cents asked_cents awarded_cents"
    facts = {name: getattr(decision, name) for name in names.split()}
    listed, headers = reading.listed(
        [_line(row, parts[row.project_id], len(envelopes)) for row in rows], after
    )
    return {
        **facts,
        "open_call": found.call.slug,
        "version": decision.rule_version,
        "seed": found.call.seed or "",
        "record": shapes.url(found.address(".json")),
        "left_cents": decision.left_cents,
        "projects": decision.projects,
        "envelopes": envelopes,
        **listed,
    }, headers


def _line(row: Any, given: dict[int, int], envelopes: int) -> dict[str, Any]:
    return {
        "project": row.project_id,
        "number": row.number,
        "url": shapes.url(f"/projects/{row.project_id}"),
        "asked_cents": row.asked_cents,
        "maximum_cents": row.wanted_cents,
        "priority": row.priority,
        "awarded_cents": row.awarded_cents,
        "parts_cents": [given.get(position, 0) for position in range(1, envelopes + 1)],
    }
