"""The rooms that the caller may know of."""

from typing import Any

from ... import clock
from ...access import public
from ...domain import days, vacancies
from ...domain.kinds import N_
from ...extensions import db
from ...queries import agendas, paging, rooms
from ..rooms import load, people
from . import given, given_rooms, reading, sent, shapes
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
@reads(N_("Read a room: where it stands, who runs it."), given_rooms.WholeRoom)
@public
def read_room(_query: reading.Query, slug: str) -> dict[str, Any]:
    """Read a room: where it stands, who runs it."""
    row = load.visible_or_404(slug)
    below = db.session.execute(rooms.below(row.id, load.reader())).all()
    now, who = clock.now(), people.of_room(row.id)
    today = days.today(now, row.time_zone)
    event = db.session.scalar(agendas.next_one(row.id, now))
    return {
        **shapes.room(row),
        "purpose": row.purpose,
        "state": vacancies.state(row, now),
        "facilitators": list(who.named),
        "colleges": [part._asdict() for part in who.parts],
        "seats": [shapes.seat(one) for one in people.seated(row.id, today)],
        "next_event": shapes.event(row.slug, event) if event else None,
        "rooms": [shapes.named(one.slug, one.name) for one in below],
    }
