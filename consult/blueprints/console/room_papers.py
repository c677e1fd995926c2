"""What a room keeps beside the minutes: decisions, resources, a road map, its charter."""

from typing import Any

from flask import abort, current_app, flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx, joined_files
from ...access import account, requires
from ...domain import registers
from ...extensions import db
from ...i18n import gettext
from ...models import Room, RoomDocument, RoomEvent
from ...queries import agendas
from ...services import registers as papers
from ...services import room_files
from .blueprint import actor, bp
from .fields import Stored, attempt
from .room_held import held, part, today
from .room_work_forms import PaperForm


@bp.route("/rooms/<slug>/documents", methods=["GET", "POST"])
@requires("room.run")
def room_papers(slug: str) -> ResponseReturnValue:
    """Add a document, with its file if there is one."""
    room = held(slug)
    if request.method == "GET":
        asked, event_id = request.args.get("kind"), request.args.get("event")
        kind = asked if asked in registers.BY_HAND else registers.RESOURCE
        data = {"kind": kind, "event_id": event_id, "dated_on": today(room).isoformat()}
        return _page(_offered(PaperForm(data=data), room), room)
    form, made = _offered(PaperForm(request.form), room), list[RoomDocument]()

    def act() -> None:
        made.append(_add(form, room))

    if status := attempt(form, act):
        return _page(form, room), status
    flash(gettext("The document is published."), "success")
    return htmx.see_other("rooms.document", slug=slug, paper_id=made[0].id)


@bp.route("/rooms/<slug>/documents/<paper_id>", methods=["GET", "POST"])
@requires("room.run")
def correct_paper(slug: str, paper_id: str) -> ResponseReturnValue:
    """Correct what was added by hand; its page says when."""
    room = held(slug)
    paper = part(RoomDocument, room, paper_id)
    if paper.kind == registers.MINUTES:
        abort(403)
    if request.method == "GET":
        values, version = _kept(paper)
        data = {**values, "event_id": paper.event_id, "version": version}
        return _page(_offered(PaperForm(data=data), room, paper), room, paper)
    form = _offered(PaperForm(request.form), room, paper)

    def act() -> None:
        given: dict[str, Any] = {"actor": actor(), "now": clock.now()}
        given["version"] = form.version.data or ""
        papers.correct(db.session(), paper, form.values(), **given)

    if status := attempt(form, act, lambda: _kept(paper)):
        return _page(form, room, paper), status
    flash(gettext("Saved."), "success")
    return htmx.see_other("rooms.document", slug=slug, paper_id=paper_id)


@bp.post("/rooms/<slug>/documents/<paper_id>/delete")
@requires("room.run")
def remove_paper(slug: str, paper_id: str) -> ResponseReturnValue:
    """Take away what was added by hand; the minutes of a meeting stay."""
    found = part(RoomDocument, held(slug), paper_id)
    if found.kind == registers.MINUTES:
        abort(403)
    gone = room_files.ids(db.session(), found)
    papers.remove(db.session(), found, actor=actor(), now=clock.now())
    db.session.commit()
    room_files.SHELF.forget(current_app.config["DATA_DIR"], gone)
    flash(gettext("The document is removed."), "success")
    return htmx.see_other("rooms.documents", slug=slug)


def _add(form: PaperForm, room: Room) -> RoomDocument:
    """Keep a document and, in the same transaction, the file that came with it."""
    session, upload = db.session(), joined_files.received()
    values = form.values() | {"has_file": bool(upload.name)}
    day, now = form.dated_on.clean or today(room), clock.now()
    made = papers.add(session, room.id, values, dated_on=day, actor=actor(), now=now)
    if upload.name:
        joined = room_files.add(session, made, upload, by=account(), now=now)
        room_files.SHELF.keep(current_app.config["DATA_DIR"], joined.id, upload.content)
    return made


def _kept(paper: RoomDocument) -> Stored:
    db.session.refresh(paper)
    values: dict[str, Any] = {
        name: getattr(paper, name) for name in ("kind", "title", "body", "link")
    }
    return {**values, "dated_on": paper.dated_on.isoformat()}, str(paper.version)


def _offered(form: PaperForm, room: Room, paper: RoomDocument | None = None) -> PaperForm:
    """Offer the meetings that a document may come from: the last ones, and its own."""
    found = list(db.session.scalars(agendas.recent(room.id, clock.now())))
    own = paper.event_id if paper else None
    if own and own not in [one.id for one in found]:
        found.append(db.session.get_one(RoomEvent, own))
    form.offer(found)
    return form


def _page(form: PaperForm, room: Room, paper: RoomDocument | None = None) -> str:
    return render_template("console/room_paper.html", form=form, room=room, paper=paper)
