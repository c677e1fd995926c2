"""Files joined to a document of a room, or left for the next holder of a seat."""

from flask import Response, abort, current_app, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ... import clock, htmx, joined_files
from ...access import account, requires
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext, sentence
from ...models import Room, RoomDocument, RoomFile, Seat
from ...prose import readable
from ...queries import room_files as queries
from ...services import room_files
from .blueprint import bp, key_or_404
from .room_held import held, part

HERE = "/rooms/<slug>/<any(documents, seats):what>/<holder_id>/files"
SEATS = "seats"


@bp.route(HERE, methods=["GET", "POST"])
@requires("room.run")
@limiter.limit("60 per hour", methods=["POST"])
def room_files_of(slug: str, what: str, holder_id: str) -> ResponseReturnValue:
    """List the files of a document or of a seat, and join another."""
    room = held(slug)
    holder = _holder(room, what, holder_id)
    if request.method == "GET":
        return _page(room, what, holder)
    upload = joined_files.received()
    try:
        made = room_files.add(db.session(), holder, upload, by=account(), now=clock.now())
        room_files.SHELF.keep(current_app.config["DATA_DIR"], made.id, upload.content)
        db.session.commit()
    except RuleBroken as broken:
        db.session.rollback()
        room = held(slug)
        return _page(room, what, _holder(room, what, holder_id), broken)
    flash(gettext("The file is joined."), "success")
    return htmx.see_other("console.room_files_of", slug=slug, what=what, holder_id=holder_id)


@bp.get(f"{HERE}/<file_id>")
@requires("room.run")
def room_file(slug: str, what: str, holder_id: str, file_id: str) -> Response:
    """Send a file to those who run the room."""
    holder = _holder(held(slug), what, holder_id)
    return joined_files.send(room_files.SHELF, _joined(holder, file_id))


@bp.post(f"{HERE}/<file_id>/delete")
@requires("room.run")
def remove_room_file(slug: str, what: str, holder_id: str, file_id: str) -> ResponseReturnValue:
    """Take a file away."""
    holder = _holder(held(slug), what, holder_id)
    joined = _joined(holder, file_id)
    room_files.remove(db.session(), holder, joined, by=account(), now=clock.now())
    db.session.commit()
    room_files.SHELF.forget(current_app.config["DATA_DIR"], [file_id])
    flash(gettext("The file is taken away."), "success")
    return htmx.see_other("console.room_files_of", slug=slug, what=what, holder_id=holder_id)


def _holder(room: Room, what: str, key: str) -> room_files.Holder:
    return part(Seat, room, key) if what == SEATS else part(RoomDocument, room, key)


def _joined(holder: room_files.Holder, file_id: str) -> RoomFile:
    query = queries.of(holder).where(RoomFile.id == key_or_404(file_id))
    found = db.session.scalars(query).one_or_none()
    if found is None:
        abort(404)
    return found


def _page(
    room: Room, what: str, holder: room_files.Holder, broken: RuleBroken | None = None
) -> ResponseReturnValue:
    if what == SEATS:
        back = url_for("console.give_seat", slug=room.slug, seat_id=holder.id)
    else:
        back = url_for("rooms.document", slug=room.slug, paper_id=holder.id)
    text = render_template(
        "console/room_files.html",
        room=room,
        holder=holder,
        back=back,
        is_public=what != SEATS and not room.is_private,
        is_of_seat=what == SEATS,
        files=db.session.scalars(queries.of(holder)).all(),
        most=room_files.SHELF.most,
        error=sentence(broken) if broken else "",
        typed=readable(request.form.get("title", "")) if broken else "",
    )
    return text, broken.status if broken else 200
