"""The votes of a room, and the page of each: what is asked, then what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue

from ... import access, cache, clock
from ...access import requires
from ...domain import ballots, seats
from ...domain import polls as rules
from ...extensions import db
from ...models import Poll
from ...queries import paging
from ...queries import polls as queries
from ...services import poll_counts, poll_purposes
from ..rooms import load as rooms
from ..rooms import tabs
from . import load, words
from .routes import bp


@bp.get("/rooms/<slug>/polls")
@requires("poll.read")
def of_room(slug: str) -> Response:
    """List the votes of a room, the last to close first."""
    room, now = rooms.visible_or_404(slug), clock.now()
    query = queries.of_room(room.id, request.args.get("cursor"))
    rows, after = paging.cut(
        db.session.execute(query).all(), lambda row: (row.Poll.closes_at, row.Poll.id)
    )
    return cache.page(
        "polls/of_room.html",
        room=room,
        tabs=tabs.of(slug),
        rows=rows,
        states={row.Poll.id: rules.state(row.Poll, now) for row in rows},
        labels=rules.LABELS,
        words=words,
        may_manage=access.viewer().may("poll.manage", room=room),
        next_url=url_for("polls.of_room", slug=slug, cursor=after) if after else None,
    )


@bp.get("/polls/<poll_id>")
@requires("poll.read")
def show(poll_id: str) -> ResponseReturnValue:
    """Show a vote: the paper while it is open, what came of it afterwards."""
    return page(load.visible_or_404(poll_id))


def page(
    row: Any, *, error: str = "", typed: Mapping[str, Sequence[str]] | None = None
) -> ResponseReturnValue:
    """Render the page of a vote; with what was refused, and what was typed, give it back."""
    poll = row.Poll
    state = rules.state(poll, clock.now())
    if state == rules.CLOSED and poll.counted_at is not None:
        return _result(row)
    facts = {**about(row), "state": state}
    mine = load.elector(poll.id) if state == rules.OPEN else None
    response = cache.page(
        "polls/show.html",
        **facts,
        elector=mine,
        fields={name: list(values) for name, values in (typed or {}).items()},
        error=error,
        may_manage=access.viewer().may("poll.manage", room=room_of(row)),
    )
    return response, 422 if error else response.status_code


def about(row: Any) -> dict[str, Any]:
    """Return what every page of a vote says of it."""
    poll = row.Poll
    kind = ballots.kind(poll.kind)
    return {
        "poll": poll,
        "room": {"slug": row.slug, "name": row.room, "is_private": row.is_private},
        "turnout": row.turnout,
        "needed": rules.needed(poll.quorum, poll.electors),
        "kind": {"label": kind.LABEL, "hint": kind.HINT},
        "quorum": rules.QUORUM_WORDS[poll.quorum],
        "rule": rules.RULE_WORDS[poll.rule],
        "purpose": poll_purposes.of(poll).HINT,
        "subject": _subject(poll, row.slug),
        "candidates": words.candidates(poll),
        "options": [words.option(poll, name) for name in poll.paper["options"]],
        "grades": [words.option(poll, name) for name in poll.paper.get("grades", ())],
        "labels": rules.LABELS,
    }


def _subject(poll: Poll, slug: str) -> dict[str, str] | None:
    """Return the title and the page of what a vote is about, for who may know of it."""
    purpose = poll_purposes.of(poll)
    if not purpose.ABOUT:
        return None
    title = purpose.title(db.session(), poll, rooms.reader())
    path = purpose.PATH.format(subject=poll.subject, room=slug)
    return {"title": title, "path": path, "about": purpose.ABOUT} if title else None


def _is_elected(poll: Poll) -> bool:
    """Tell whether the reader is elected by a vote, and has not said whether they accept."""
    reader = access.viewer().account
    if reader is None or (poll.effect or {}).get("code") != seats.WAITING:
        return False
    return db.session.scalar(queries.elected(poll.id, reader.id)) is not None


def _result(row: Any) -> Response:
    """Render the result: the same page for everyone, but for whoever is elected."""
    poll = row.Poll
    found = db.session.execute(queries.counted(poll.id)).scalar_one()
    summary, kind = found.summary, ballots.kind(poll.kind)
    outcome = poll_counts.outcome_of(summary)
    return cache.page(
        "polls/result.html",
        **about(row),
        state=rules.CLOSED,
        outcome=outcome.told(),
        sentences=words.sentences(poll, outcome),
        effect=words.effect(poll),
        is_elected=_is_elected(poll),
        took_part=words.took_part(outcome.turnout, outcome.electors),
        rows=words.rows(poll, summary["result"]),
        scale=kind.scale(poll.paper, outcome.votes),
        shares=kind.HAS_SHARES,
        reading=kind.READING,
        unit=kind.UNIT,
        why=kind.WHY,
        objections=words.objections(poll, summary["result"]),
        digest=found.digest,
    )


@dataclass(frozen=True)
class RoomAtHand:
    """A room as the table of rights wants it."""

    id: str
    level: str


def room_of(row: Any) -> RoomAtHand:
    """Return the room of a vote."""
    return RoomAtHand(row.Poll.room_id, row.level)
