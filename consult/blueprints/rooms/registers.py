"""What a room keeps, for everyone to read: documents, decisions, commitments."""

from collections import Counter
from typing import Any

from flask import Response, abort, request, url_for

from ... import access, cache, clock
from ...access import requires
from ...domain import days, searching
from ...domain import registers as rules
from ...extensions import db
from ...queries import paging, room_files
from ...queries import registers as queries
from ...services import matter_rights
from ..consultations import asked
from . import load, raised, tabs
from .routes import bp

WORDS_LIMIT = 200


@bp.get("/rooms/<slug>/documents")
@requires("room.read")
def documents(slug: str) -> Response:
    """List the documents of a room, or those that hold some words."""
    room = load.visible_or_404(slug)
    typed = asked.word("q", WORDS_LIMIT) or ""
    words = searching.terms(typed)
    query = queries.documents(room.id, words=words, cursor=request.args.get("cursor"))
    rows, after = _cut(query)
    more = url_for("rooms.documents", slug=slug, q=typed or None, cursor=after)
    return cache.page(
        "rooms/documents.html",
        room=room,
        tabs=tabs.of(slug),
        rows=rows,
        q=typed,
        kinds=rules.KINDS,
        may_run=access.viewer().may("room.run", room=room),
        next_url=more if after else None,
    )


@bp.get("/rooms/<slug>/documents/<paper_id>")
@requires("room.read")
def document(slug: str, paper_id: str) -> Response:
    """Show a document of a room: minutes, a decision, a resource."""
    room, row = load.visible_or_404(slug), None
    if load.ID.fullmatch(paper_id):
        row = db.session.execute(queries.document(room.id, paper_id)).one_or_none()
    if row is None:
        abort(404)
    return cache.page(
        "rooms/document.html",
        room=room,
        tabs=tabs.of(slug),
        paper=row[0],
        event_title=row.event_title,
        kinds=rules.KINDS,
        may_run=access.viewer().may("room.run", room=room),
        may_raise=_may_raise(room),
        matters=raised.from_document(paper_id),
        files=db.session.scalars(room_files.of(row[0])).all(),
    )


@bp.get("/rooms/<slug>/decisions")
@requires("room.read")
def decisions(slug: str) -> Response:
    """List what a room decided, and who committed to what."""
    room = load.visible_or_404(slug)
    cursor = request.args.get("cursor")
    rows, after = _cut(queries.decisions(room.id, cursor))
    today = days.today(clock.now(), room.time_zone)
    kept = [] if cursor else db.session.scalars(queries.commitments(room.id)).all()
    states = {one.id: rules.state(one.due_on, one.kept_on, today) for one in kept}
    return cache.page(
        "rooms/decisions.html",
        room=room,
        tabs=tabs.of(slug),
        rows=rows,
        commitments=kept,
        states=states,
        counts=dict(Counter(states.values())),
        labels=rules.STATES,
        is_first=not cursor,
        may_run=access.viewer().may("room.run", room=room),
        next_url=url_for("rooms.decisions", slug=slug, cursor=after) if after else None,
    )


def _may_raise(room: Any) -> bool:
    """Tell whether the reader may begin a matter in a room."""
    reader = access.viewer()
    if reader.account is None or not reader.may("matter.act", room=room):
        return False
    hands = matter_rights.hands(db.session(), reader.account.id, [room.id], now=clock.now())
    return room.id in hands


def _cut(query: Any) -> Any:
    rows = db.session.execute(query).all()
    return paging.cut(rows, lambda row: (row[0].dated_on, row[0].id))
