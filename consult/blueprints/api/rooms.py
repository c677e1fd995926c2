"""The rooms that the caller may know of."""

from typing import Any

from ...access import public
from ...domain.kinds import N_
from ...extensions import db
from ...queries import paging, rooms
from ..rooms import load
from . import given, reading, sent, shapes
from .bp import bp, reads


@bp.get("/rooms")
@reads(N_("List the rooms."), given.Rooms, sent.PageQuery)
@public
def list_rooms(query: reading.Query) -> reading.Answer:
    """List the rooms, the national one first."""
    limit = query["limit"]
    chosen = rooms.listed(load.reader(), query.get("cursor"), limit)
    rows, after = paging.cut(
        db.session.execute(chosen).all(), lambda row: (row.altitude, row.name, row.id), limit
    )
    return reading.listed([shapes.room(row) for row in rows], after)


@bp.get("/rooms/<slug>")
@reads(N_("Read a room: where it stands, who runs it."), given.WholeRoom)
@public
def read_room(_query: reading.Query, slug: str) -> dict[str, Any]:
    """Read a room: where it stands, who runs it."""
    row = load.visible_or_404(slug)
    below = db.session.execute(rooms.below(row.id, load.reader())).all()
    return {
        **shapes.room(row),
        "facilitators": list(db.session.scalars(rooms.named(row.id))),
        "rooms": [{"slug": one.slug, "name": one.name} for one in below],
    }
