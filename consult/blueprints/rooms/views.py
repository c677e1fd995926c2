"""The list of the rooms, and the page of each."""

from collections.abc import Sequence
from typing import Any

from flask import Response, request, url_for

from ... import access, cache, clock
from ...access import requires
from ...domain import colleges, days, seats, vacancies
from ...domain import rooms as rules
from ...extensions import db
from ...queries import matter_pages, paging, registers, rooms
from ...queries import seats as seat_queries
from ...queries import vacancies as care
from ...queries.coming import meetings_and_votes
from ...services import vacancies as states
from . import load, people, received, tabs
from .routes import bp


@bp.get("/rooms")
@requires("room.read")
def index() -> Response:
    """List the rooms, the national one first."""
    query = care.with_care(rooms.listed(load.reader(), request.args.get("cursor")))
    rows, after = paging.cut(
        db.session.execute(query).all(), lambda row: (row.altitude, row.name, row.id)
    )
    return cache.page(
        "rooms/index.html",
        rows=rows,
        states=_states(rows),
        labels=rules.LABELS,
        functions=rules.FUNCTIONS,
        next_url=url_for("rooms.index", cursor=after) if after else None,
    )


@bp.get("/rooms/<slug>")
@requires("room.read")
def show(slug: str) -> Response:
    """Show a room: what it is for, who is there, when it meets, whom to call."""
    room, now = load.visible_or_404(slug, _with_more), clock.now()
    today = days.today(now, room.time_zone)
    state = vacancies.state(room, now)
    below = db.session.execute(care.with_care(rooms.below(room.id, load.reader()))).all()
    acting = None
    if state != vacancies.AWAKE and room.parent_slug:
        acting = states.in_charge(db.session(), room.id, now=now)
    return cache.page(
        "rooms/show.html",
        room=room,
        tabs=tabs.of(slug),
        people=people.of_room(room.id),
        seats=people.seated(room.id, today),
        officials=db.session.scalars(seat_queries.officials(room.id, today)).all(),
        coming=db.session.execute(meetings_and_votes(room.id, now)).all(),
        below=below,
        states=_states(below),
        open_matters=room.open_matters,
        matters_url=url_for("matters.of_room", slug=slug),
        state=state,
        acting=_shown(acting, room.id),
        labels=rules.LABELS,
        functions=rules.FUNCTIONS,
        colleges=colleges.LABELS,
        kinds=seats.LABELS,
        may_manage=access.viewer().may("member.manage", room=room),
    )


@bp.get("/rooms/<slug>/frames")
@requires("room.read")
def frames(slug: str) -> Response:
    """List what a room received from above, and what it sent down."""
    room = load.visible_or_404(slug)
    return cache.page(
        "rooms/frames.html",
        room=room,
        tabs=tabs.of(slug),
        frames=received.shown(room.id),
        words=received.WORDS,
        may_publish=access.viewer().may("frame.publish", room=room),
    )


def _with_more(query: rooms.Rows, reader: rooms.Reader) -> rooms.Rows:
    """Add what its page alone tells of a room: its matters to settle, its charter."""
    return registers.with_charter(matter_pages.with_open(query, reader))


def _states(rows: Sequence[Any]) -> dict[str, str]:
    """Return how each room of a list is kept, by its id."""
    now = clock.now()
    return {row.id: vacancies.state(row, now) for row in rows}


def _shown(acting: Any, room_id: str) -> dict[str, str] | None:
    """Return the room that acts for another, when the reader may know of it."""
    if acting is None or acting.id == room_id or acting.is_private:
        return None
    return {"slug": acting.slug, "name": acting.name}
