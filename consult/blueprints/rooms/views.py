"""The list of the rooms, and the page of each."""

from flask import Blueprint, Response, request, url_for

from ... import access, cache
from ...access import requires
from ...domain import rooms as rules
from ...extensions import db
from ...queries import paging, rooms
from . import load, received

bp = Blueprint("rooms", __name__)


@bp.get("/rooms")
@requires("room.read")
def index() -> Response:
    """List the rooms, the national one first."""
    query = rooms.listed(load.reader(), request.args.get("cursor"))
    rows, after = paging.cut(
        db.session.execute(query).all(), lambda row: (row.altitude, row.name, row.id)
    )
    return cache.page(
        "rooms/index.html",
        rows=rows,
        labels=rules.LABELS,
        functions=rules.FUNCTIONS,
        next_url=url_for("rooms.index", cursor=after) if after else None,
    )


@bp.get("/rooms/<slug>")
@requires("room.read")
def show(slug: str) -> Response:
    """Show a room: what it is for, where it stands, who runs it."""
    room = load.visible_or_404(slug)
    return cache.page(
        "rooms/show.html",
        room=room,
        named=db.session.scalars(rooms.named(room.id)).all(),
        below=db.session.execute(rooms.below(room.id, load.reader())).all(),
        labels=rules.LABELS,
        functions=rules.FUNCTIONS,
        sent_down=received.shown(room.id),
        frame_words=received.WORDS,
        may_manage=access.viewer().may("member.manage", room=room),
    )
