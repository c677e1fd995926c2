"""Who was at a meeting, one by one: those who run the room note it, and they alone see it."""

from collections.abc import Mapping

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import requires
from ...domain import agendas
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext, sentence
from ...models import Room, RoomEvent
from ...prose import readable
from ...services import attendances
from .blueprint import actor, bp
from .room_held import held, part

FIELD = "way-"


@bp.route("/rooms/<slug>/events/<event_id>/attendance", methods=["GET", "POST"])
@requires("room.run")
def note_attendance(slug: str, event_id: str) -> ResponseReturnValue:
    """Note who was at a meeting, on site or at a distance."""
    room = held(slug)
    event = part(RoomEvent, room, event_id)
    if request.method == "GET":
        return _page(room, event, {})
    sent = request.form.to_dict()
    said = attendances.Said(
        ways={
            name.removeprefix(FIELD): value
            for name, value in sent.items()
            if name.startswith(FIELD)
        },
        names=sent.get("names", ""),
        names_way=sent.get("names_way", ""),
        seen=sent.get("seen", ""),
    )
    try:
        attendances.note(db.session(), event, said, actor=actor(), now=clock.now())
        db.session.commit()
    except RuleBroken as broken:
        db.session.rollback()
        return _page(room, event, sent, sentence(broken)), broken.status
    flash(gettext("Saved."), "success")
    return htmx.see_other("console.note_attendance", slug=slug, event_id=event_id)


def _page(room: Room, event: RoomEvent, typed: Mapping[str, str], error: str = "") -> str:
    """Render the list; with what was refused, give back what was typed."""
    people = attendances.people(db.session(), event)
    return render_template(
        "console/room_attendance.html",
        room=room,
        event=event,
        lines=[(FIELD + one.key, one.name, typed.get(FIELD + one.key, one.way)) for one in people],
        ways=agendas.WAYS,
        names=readable(typed.get("names", "")),
        names_way=typed.get("names_way", agendas.ON_SITE),
        seen=attendances.stamp(db.session(), event),
        error=error,
    )
