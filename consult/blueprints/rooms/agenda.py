"""The agenda of a room: its meetings, who comes, and their dates for a calendar."""

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ... import access, cache, clock
from ...access import requires, viewer
from ...domain import registers as rules
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext, sentence
from ...models import RoomEvent
from ...prose import readable
from ...queries import agendas as queries
from ...queries import paging, registers
from ...services import agendas
from . import load, tabs
from .routes import bp


@bp.get("/rooms/<slug>/agenda")
@requires("room.read")
def agenda(slug: str) -> Response:
    """List the meetings of a room: those to come, then those that are over."""
    room, now = load.visible_or_404(slug), clock.now()
    cursor = request.args.get("cursor")
    past = db.session.execute(queries.past(room.id, now, cursor)).all()
    rows, after = paging.cut(past, lambda row: (row[0].starts_at, row[0].id))
    return cache.page(
        "rooms/agenda.html",
        room=room,
        tabs=tabs.of(slug),
        coming=[] if cursor else db.session.scalars(queries.coming(room.id, now)).all(),
        past=rows,
        work=[] if cursor else db.session.scalars(registers.under_way(room.id)).all(),
        is_first=not cursor,
        may_run=access.viewer().may("room.run", room=room),
        next_url=url_for("rooms.agenda", slug=slug, cursor=after) if after else None,
    )


@bp.get("/rooms/<slug>/events/<event_id>")
@requires("room.read")
def event(slug: str, event_id: str) -> ResponseReturnValue:
    """Show a meeting: when, where, for what, who comes."""
    return _page(*_found(slug, event_id))


@bp.post("/rooms/<slug>/events/<event_id>/coming")
@requires("meeting.join")
@limiter.limit("30 per hour")
def come(slug: str, event_id: str) -> ResponseReturnValue:
    """Say that one comes to a meeting, or no longer."""
    room, row = _found(slug, event_id)
    session, leaves = db.session(), request.form.get("coming") == "no"
    try:
        if leaves:
            agendas.stay_away(session, row[0], viewer().participant_id or "")
        else:
            name = request.form.get("name")
            agendas.come(session, row[0], viewer().take_part(), name, now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        room, row = _found(slug, event_id)
        return _page(room, row, broken, readable(request.form.get("name", ""))), broken.status
    db.session.commit()
    said = gettext("You no longer come.") if leaves else gettext("You come. It is noted.")
    flash(said, "success")
    return redirect(url_for("rooms.event", slug=slug, event_id=event_id), 303)


@bp.get("/rooms/<slug>.ics")
@requires("room.read")
def calendar(slug: str) -> Response:
    """Give the meetings of a room to a calendar."""
    room = load.visible_or_404(slug)
    return _calendar(room, db.session.scalars(queries.of_calendar(room.id)).all(), slug)


@bp.get("/rooms/<slug>/events/<event_id>.ics")
@requires("room.read")
def event_calendar(slug: str, event_id: str) -> Response:
    """Give one meeting to a calendar."""
    room, row = _found(slug, event_id)
    return _calendar(room, [row[0]], event_id)


def _calendar(room: Any, events: Any, name: str) -> Response:
    from ..feeds import calendars  # here: its library is long to read, and few ask for it

    made = calendars.of_room(room, events)
    response = Response(made.to_ical(), mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def _found(slug: str, event_id: str) -> tuple[Any, Any]:
    """Return a room and one of its meetings, or answer 404: another room's is missing."""
    room, row = load.visible_or_404(slug), None
    if load.ID.fullmatch(event_id):
        row = db.session.execute(queries.event(room.id, event_id)).one_or_none()
    if row is None:
        abort(404)
    return room, row


def _page(room: Any, row: Any, broken: RuleBroken | None = None, typed: str = "") -> str:
    meeting: RoomEvent = row[0]
    now, mine, participant = clock.now(), None, viewer().participant_id
    if participant is not None and meeting.takes_names:
        mine = db.session.scalar(queries.comes(meeting.id, participant))
    runs = viewer().may("room.run", room=room)
    return render_template(
        "rooms/event.html",
        room=room,
        tabs=tabs.of(room.slug),
        event=meeting,
        coming=row.coming,
        minutes_id=row.minutes_id,
        papers=db.session.execute(registers.of_meeting(meeting.id)).all(),
        doc_kinds=rules.KINDS,
        mine=mine,
        is_over=meeting.ends_at <= now,
        people=db.session.scalars(queries.registered(meeting.id)).all() if runs else [],
        may_run=runs,
        error=sentence(broken) if broken else "",
        typed=typed,
    )
