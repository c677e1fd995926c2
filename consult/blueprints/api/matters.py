"""The matters that go from room to room, each with the whole trail of its relays."""

from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from ...access import public
from ...domain.kinds import N_
from ...domain.matters import table
from ...extensions import db
from ...queries import matter_pages, paging
from ...queries import matters as queries
from ..matters import load
from ..rooms import load as rooms
from . import given, reading, sent, shapes
from .bp import bp, reads


class Vote(ma.Schema):
    """The vote of a room before it sent a matter up."""

    present = fields.Integer(required=True)
    in_favour = fields.Integer(required=True)
    mixed = fields.Integer(required=True)
    against = fields.Integer(required=True)
    quorum = fields.Integer(required=True)
    poll = fields.String(required=True, allow_none=True)


class MatterStep(ma.Schema):
    """Something that happened to a matter: who, for which room, why, until when."""

    number = fields.Integer(required=True)
    act = fields.String(required=True)
    by = fields.String(required=True, allow_none=True)
    name = fields.String(required=True, allow_none=True)
    room = fields.String(required=True, allow_none=True)
    holder = fields.String(required=True, allow_none=True)
    state = fields.String(required=True, validate=validate.OneOf(sorted(table.STAGES)))
    outcome = fields.String(required=True, allow_none=True)
    at = fields.String(required=True)
    text_version = fields.Integer(required=True)
    reasons = fields.String(required=True)
    vote = fields.Nested(Vote, required=True, allow_none=True)
    deadline_at = fields.String(required=True, allow_none=True)


class Matter(ma.Schema):
    """A matter: where it began, where it is now, how many local rooms carry it."""

    id = fields.String(required=True)
    url = fields.String(required=True)
    title = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(sorted(table.STAGES)))
    outcome = fields.String(required=True, allow_none=True)
    origin = fields.Nested(given.Named, required=True, allow_none=True)
    holder = fields.Nested(given.Named, required=True, allow_none=True)
    local_rooms = fields.Integer(required=True)
    deadline_at = fields.String(required=True, allow_none=True)
    created_at = fields.String(required=True)
    updated_at = fields.String(required=True)


class WholeMatter(Matter):
    """A matter with its text, the rooms that carry it and all that happened to it."""

    body = fields.String(required=True)
    text_version = fields.Integer(required=True)
    backers = fields.List(fields.Nested(given.Named), required=True)
    joined = fields.List(fields.String(), required=True)
    trail = fields.List(fields.Nested(MatterStep), required=True)


Matters = given.page("Matters", Matter)


@bp.get("/rooms/<slug>/matters")
@reads(N_("List the matters of a room."), Matters, sent.PageQuery)
@public
def list_matters(query: reading.Query, slug: str) -> reading.Answer:
    """List the matters that a room has held, what moved last first."""
    limit, room = query["limit"], rooms.visible_or_404(slug)
    chosen = queries.of_room(room.id, rooms.reader(), query.get("cursor"), limit)
    rows, after = paging.cut(
        db.session.execute(chosen).all(), lambda row: (row.updated_at, row.id), limit
    )
    return reading.listed([_shape(row) for row in rows], after)


@bp.get("/matters/<matter_id>")
@reads(N_("Read a matter, with the whole trail of its relays."), WholeMatter)
@public
def read_matter(_query: reading.Query, matter_id: str) -> dict[str, Any]:
    """Read a matter that the caller may know of."""
    row, reader = load.visible_or_404(matter_id), rooms.reader()
    around = db.session.execute(matter_pages.around(matter_id, reader)).all()
    trail = db.session.execute(queries.trail(matter_id, reader)).all()
    backers = [one for one in around if one.what == matter_pages.BACKER and one.slug]
    return {
        **_shape(row),
        "body": row.body,
        "text_version": row.Matter.text_version,
        "backers": [shapes.named(one.slug, one.name) for one in backers],
        "joined": [one.id for one in around if one.what == matter_pages.JOINED],
        "trail": [_step(one) for one in trail],
    }


def _shape(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "url": shapes.url(f"/matters/{row.id}"),
        "title": row.title,
        "state": row.stage,
        "outcome": row.outcome,
        "origin": shapes.named(row.origin_slug, row.origin_name),
        "holder": shapes.named(row.holder_slug, row.holder_name),
        "local_rooms": row.behind,
        "deadline_at": shapes.instant(row.deadline_at),
        "created_at": row.created_at.isoformat(),
        "updated_at": row.updated_at.isoformat(),
    }


def _step(row: Any) -> dict[str, Any]:
    event = row[0]
    return {
        "number": event.sequence,
        "act": event.name,
        "by": event.facts.get("by"),
        "name": row.name,
        "room": row.room,
        "holder": row.holder,
        "state": event.stage,
        "outcome": event.facts.get("outcome"),
        "at": event.at.isoformat(),
        "text_version": event.text_version,
        "reasons": event.reasons,
        "vote": _vote(row),
        "deadline_at": shapes.instant(event.deadline_at),
    }


def _vote(row: Any) -> dict[str, Any] | None:
    """Return the vote of a step, with the poll it comes from for who may know of its room."""
    vote = row[0].vote
    return {**vote, "poll": vote.get("poll") if row.room else None} if vote else None
