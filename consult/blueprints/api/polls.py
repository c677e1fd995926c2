"""The votes of a room: what is asked, how many voted, and after the close what came of it."""

from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from ... import clock
from ...access import public
from ...domain import ballots
from ...domain import polls as rules
from ...domain.kinds import N_
from ...extensions import db
from ...queries import paging
from ...queries import polls as queries
from ...services import poll_purposes
from ..polls import load, words
from ..rooms import load as rooms
from . import given, reading, sent, shapes
from .bp import bp, reads

STATES = tuple(rules.LABELS)


class PollOutcome(ma.Schema):
    """What a count decides: `first` are the options that come first, `adopted` those that win."""

    votes = fields.Integer(required=True)
    abstentions = fields.Integer(required=True)
    quorum_needed = fields.Integer(required=True)
    quorum_reached = fields.Boolean(required=True)
    first = fields.List(fields.String(), required=True)
    adopted = fields.List(fields.String(), required=True)


class Poll(ma.Schema):
    """A vote of a room; it says nothing of the ballots before it is counted."""

    id = fields.String(required=True)
    url = fields.String(required=True)
    question = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    kind = fields.String(required=True, validate=validate.OneOf(sorted(ballots.KINDS)))
    rule = fields.String(required=True, validate=validate.OneOf(sorted(rules.RULE_WORDS)))
    quorum = fields.String(required=True, validate=validate.OneOf(sorted(rules.QUORUMS)))
    secret = fields.Boolean(required=True)
    opens_at = fields.String(required=True)
    closes_at = fields.String(required=True)
    electors = fields.Integer(required=True)
    turnout = fields.Integer(required=True)


class PollSubject(ma.Schema):
    """What a vote is about: a matter or a seat, and the page where it is shown."""

    kind = fields.String(required=True)
    id = fields.String(required=True)
    url = fields.String(required=True)


class WholePoll(Poll):
    """A vote with its room, its paper, and once counted its result and the file that proves it.

    `candidates` names those who may be elected, by the letters of the options. `effect` is the code
    of what the result brought about.
    """

    room = fields.Nested(given.Named, required=True)
    details = fields.String(required=True)
    options = fields.List(fields.String(), required=True)
    result = fields.Dict(required=True, allow_none=True)
    outcome = fields.Nested(PollOutcome, required=True, allow_none=True)
    digest = fields.String(required=True, allow_none=True)
    purpose = fields.String(required=True, validate=validate.OneOf(sorted(poll_purposes.PURPOSES)))
    about = fields.Nested(PollSubject, required=True, allow_none=True)
    candidates = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    effect = fields.String(required=True, allow_none=True)


Polls = given.page("Polls", Poll)


@bp.get("/rooms/<slug>/polls")
@reads(N_("List the votes of a room."), Polls, sent.PageQuery)
@public
def list_polls(query: reading.Query, slug: str) -> reading.Answer:
    """List the votes of a room, the last to close first."""
    limit, room = query["limit"], rooms.visible_or_404(slug)
    chosen = queries.of_room(room.id, query.get("cursor"), limit)
    rows, after = paging.cut(
        db.session.execute(chosen).all(), lambda row: (row.Poll.closes_at, row.Poll.id), limit
    )
    return reading.listed([_shape(row) for row in rows], after)


@bp.get("/polls/<poll_id>")
@reads(N_("Read a vote, and its result after the close."), WholePoll)
@public
def read_poll(_query: reading.Query, poll_id: str) -> dict[str, Any]:
    """Read a vote of a room the caller may know of."""
    row = load.visible_or_404(poll_id)
    poll = row.Poll
    found = db.session.execute(queries.counted(poll.id)).scalar_one_or_none()
    summary = found.summary if found else {}
    return {
        **_shape(row),
        "room": shapes.named(row.slug, row.room),
        "details": poll.details,
        "options": poll.paper["options"],
        "result": summary.get("result"),
        "outcome": summary.get("outcome"),
        "digest": found.digest if found else None,
        "purpose": poll.purpose,
        "about": _about(poll, row.slug),
        "candidates": words.candidates(poll),
        "effect": poll.effect["code"] if poll.effect else None,
    }


def _about(poll: Any, slug: str) -> dict[str, str] | None:
    """Return what a vote is about, None for nothing or where the reader may not know of it."""
    purpose = poll_purposes.of(poll)
    if not purpose.ABOUT or not purpose.title(db.session(), poll, rooms.reader()):
        return None
    path = purpose.PATH.format(subject=poll.subject, room=slug)
    return {"kind": purpose.ABOUT, "id": poll.subject, "url": shapes.url(path)}


def _shape(row: Any) -> dict[str, Any]:
    poll = row.Poll
    return {
        "id": poll.id,
        "url": shapes.url(f"/polls/{poll.id}"),
        "question": poll.question,
        "state": rules.state(poll, clock.now()),
        "kind": poll.kind,
        "rule": poll.rule,
        "quorum": poll.quorum,
        "secret": poll.is_secret,
        "opens_at": poll.opens_at.isoformat(),
        "closes_at": poll.closes_at.isoformat(),
        "electors": poll.electors,
        "turnout": row.turnout,
    }
