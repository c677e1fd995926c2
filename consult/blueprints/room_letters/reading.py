"""The letters of a room, for its people to read again; whether they come by mail."""

from typing import Any

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ... import access, clock, htmx
from ...access import account, requires, viewer
from ...extensions import db
from ...i18n import gettext
from ...queries import paging
from ...queries import room_letters as queries
from ...services import stopped_letters
from ..rooms import load
from .routes import bp
from .writing import LABELS


@bp.app_template_global("reads_room_letters")
def reads_room_letters(room: Any) -> bool:
    """Tell whether whoever reads is in a room, or may write to it."""
    who = viewer().account
    if who is None:
        return False
    if viewer().may("room.write", room=room):
        return True
    return db.session.execute(queries.membership(room.id, who.id)).first() is not None


@bp.get("/rooms/<slug>/letters")
@requires("account.manage")
def letters(slug: str) -> ResponseReturnValue:
    """Show the letters of a room to its people and to those who may write them."""
    room = load.visible_or_404(slug)
    own = db.session.execute(queries.membership(room.id, account().id)).one_or_none()
    if own is None:
        access.check("room.write", room=room)
    query = queries.listed(room.id, request.args.get("cursor"))
    rows, after = paging.cut(
        db.session.execute(query).all(), lambda row: (row[0].created_at, row[0].id)
    )
    return render_template(
        "room_letters/letters.html",
        room=room,
        own=own,
        rows=rows,
        labels=LABELS,
        may_write=viewer().may("room.write", room=room),
        next_url=url_for("room_letters.letters", slug=slug, cursor=after) if after else None,
    )


@bp.post("/rooms/<slug>/letters")
@requires("account.manage")
def choose(slug: str) -> ResponseReturnValue:
    """Get the letters of a room by mail, or no longer; they stay on its page."""
    room = load.visible_or_404(slug)
    if db.session.execute(queries.membership(room.id, account().id)).first() is None:
        abort(403)
    wanted = request.form.get("wanted") == "yes"
    act = stopped_letters.resume if wanted else stopped_letters.stop
    act(db.session(), account().id, queries.subject(room.id), now=clock.now())
    db.session.commit()
    said = gettext("You get the letters of this room again.")
    flash(said if wanted else gettext("You get no more letters from this room."), "success")
    return htmx.see_other("room_letters.letters", slug=slug)
