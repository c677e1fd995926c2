"""Asking a room to raise a matter: anyone signed in asks, the room opens it or sets it aside."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ... import access, clock, htmx
from ...access import requires
from ...domain.errors import RuleBroken
from ...domain.matters import table
from ...extensions import db, limiter
from ...i18n import gettext, sentence
from ...models import Matter, Room
from ...queries import matter_pages as pages
from ...services import matters
from ..answers import forms
from ..console.fields import attempt
from ..consultations import asked
from ..rooms import load as rooms
from . import letters, load, sources, views
from .routes import bp


@bp.get("/matters/ask")
@requires("matter.ask")
def ask_from() -> ResponseReturnValue:
    """Lead to the room that reads the place of a text, to ask it to raise a matter from it."""
    text = asked.word("text") or ""
    source = sources.of_text(text)
    row = None
    if source.statement_id:
        found = pages.room_of_text(source.statement_id, rooms.reader())
        row = db.session.execute(found).one_or_none()
    if row is None:
        flash(gettext("No room looks after this place yet. Choose one of these."), "info")
        return htmx.see_other("rooms.index")
    return htmx.see_other("matters.ask", slug=row.slug, text=text)


@bp.route("/rooms/<slug>/matters/ask", methods=["GET", "POST"])
@requires("matter.ask")
@limiter.limit("20 per day", methods=["POST"])
def ask(slug: str) -> ResponseReturnValue:
    """Ask a room to raise a matter; only its own people see what is asked until they open it."""
    row = rooms.visible_or_404(slug)
    posted = request.form if request.method == "POST" else None
    origin = posted if posted is not None else request.args
    source = sources.of_text(origin.get("text", ""))
    if posted is None and row.id in load.hands(row.id):
        path = url_for("matters.new", slug=slug, text=source.statement_id)
        return htmx.see_path(path)
    given = {"title": source.title, "body": source.body, "key": forms.new_key()}
    form = sources.NewMatterForm(posted, data=given | {"text": source.statement_id or ""})
    made: list[Matter] = []

    def act() -> None:
        made.append(_ask(form, db.session.get_one(Room, row.id), source))

    status = 200 if posted is None else attempt(form, act)
    if status:
        return render_template("matters/ask.html", form=form, room=row, source=source), status
    flash(gettext("Your request is sent. A letter will tell you what the room does."), "success")
    return htmx.see_other("matters.show", matter_id=made[0].id)


@bp.post("/matters/<matter_id>/taken-back")
@requires("matter.ask")
@limiter.limit("60 per hour")
def take_back(matter_id: str) -> ResponseReturnValue:
    """Take back what one asked, as long as the room has not opened it."""
    row = load.visible_or_404(matter_id)
    key, seen = f"taken-back-{matter_id[:18]}", matters.stamp(row.Matter)
    what = matters.Act("withdraw", access.account().id, None, key, seen=seen)
    try:
        if row.stage not in (table.DRAFT, table.WITHDRAWN):
            raise RuleBroken("matter-move-unknown", 409)
        matters.act(db.session(), matter_id, what, now=clock.now())
        db.session.commit()
    except RuleBroken as broken:
        db.session.rollback()
        refused = views.Refused("withdraw", "", sentence(broken), {})
        return views.page(matter_id, refused, broken.status)
    return views.done(matter_id, gettext("Your request is taken back."))


def _ask(form: Any, room: Room, source: sources.Source) -> Matter:
    """Keep what is asked for those who run the room, and tell them once."""
    account, now = access.account(), clock.now()
    words = form.words(key=form.key.data or "", statement_id=source.statement_id)
    matter = matters.begin(db.session(), room, words, account_id=account.id, asked=True, now=now)
    letters.tell_asked(matter, now=now)
    return matter
