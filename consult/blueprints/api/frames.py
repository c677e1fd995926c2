"""What rooms send down: each text, until when it is to be answered, how each room received it."""

from datetime import datetime
from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from ... import clock
from ...access import public
from ...domain import frames as rules
from ...domain.kinds import N_
from ...extensions import db
from ...queries import frames as queries
from ..frames import load
from ..rooms import load as rooms
from . import given, reading, shapes
from .bp import bp, reads

STATES = tuple(rules.LABELS)


class Frame(ma.Schema):
    """What a room sent down; `room` is null where the caller may not know of it."""

    id = fields.String(required=True)
    url = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(sorted(rules.KINDS)))
    title = fields.String(required=True)
    room = fields.Nested(given.Named, required=True, allow_none=True)
    for_all = fields.Boolean(required=True)
    version = fields.Integer(required=True)
    due_at = fields.String(required=True)
    created_at = fields.String(required=True)
    updated_at = fields.String(required=True)
    withdrawn_at = fields.String(required=True, allow_none=True)


class FrameOfRoom(Frame):
    """What a room sent down or received; `state` says how it received it, null for what it sent."""

    state = fields.String(required=True, allow_none=True, validate=validate.OneOf(STATES))


class Reception(ma.Schema):
    """How a room received it: what it says, its question and the reply."""

    room = fields.Nested(given.Named, required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    note = fields.String(required=True)
    decided_at = fields.String(required=True, allow_none=True)
    by = fields.String(required=True, allow_none=True)
    reply = fields.String(required=True)
    replied_at = fields.String(required=True, allow_none=True)


class FrameVersion(ma.Schema):
    """An earlier text, and why it changed."""

    version = fields.Integer(required=True)
    title = fields.String(required=True)
    body = fields.String(required=True)
    reason = fields.String(required=True)
    at = fields.String(required=True)


class WholeFrame(Frame):
    """It with its text, the earlier ones, and each room that the caller may know of."""

    body = fields.String(required=True)
    withdrawn_reason = fields.String(required=True)
    receptions = fields.List(fields.Nested(Reception), required=True)
    versions = fields.List(fields.Nested(FrameVersion), required=True)


Frames = given.page("Frames", FrameOfRoom)


@bp.get("/rooms/<slug>/frames")
@reads(N_("List what a room sent down and received."), Frames)
@public
def list_frames(_query: reading.Query, slug: str) -> reading.Answer:
    """List what a room sent down and received, the latest first."""
    room, now = rooms.visible_or_404(slug), clock.now()
    rows = db.session.execute(queries.reaching(room.id, rooms.reader())).all()
    items = [{**_shape(row), "state": _state(row.state, row.due_at, now)} for row in rows]
    return reading.listed(items, None)


@bp.get("/frames/<frame_id>")
@reads(N_("Read what a room sent down, and how each room received it."), WholeFrame)
@public
def read_frame(_query: reading.Query, frame_id: str) -> dict[str, Any]:
    """Read what a room sent down, of a room the caller may know of or sent to one of theirs."""
    row, now = load.visible_or_404(frame_id), clock.now()
    held = db.session.execute(queries.receptions(row, rooms.reader())).all()
    earlier = db.session.scalars(queries.versions(row.id)).all()
    return {
        **_shape(row),
        "body": row.body,
        "withdrawn_reason": row.withdrawn_reason,
        "receptions": [_reception(one, row.due_at, now) for one in held],
        "versions": [_version(one) for one in earlier],
    }


def _shape(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "url": shapes.url(f"/frames/{row.id}"),
        "kind": row.kind,
        "title": row.title,
        "room": shapes.named(row.room_slug, row.room_name),
        "for_all": row.for_all,
        "version": row.version,
        "due_at": row.due_at.isoformat(),
        "created_at": row.created_at.isoformat(),
        "updated_at": row.updated_at.isoformat(),
        "withdrawn_at": shapes.instant(row.withdrawn_at),
    }


def _reception(row: Any, due_at: datetime, now: datetime) -> dict[str, Any]:
    return {
        "room": shapes.named(row.slug, row.name),
        "state": rules.shown(row.state, due_at, now),
        "note": row.note or "",
        "decided_at": shapes.instant(row.decided_at),
        "by": row.by,
        "reply": row.reply or "",
        "replied_at": shapes.instant(row.replied_at),
    }


def _version(one: Any) -> dict[str, Any]:
    return {
        "version": one.version,
        "title": one.title,
        "body": one.body,
        "reason": one.reason,
        "at": one.created_at.isoformat(),
    }


def _state(state: str | None, due_at: datetime, now: datetime) -> str | None:
    return None if state is None else rules.shown(state, due_at, now)
