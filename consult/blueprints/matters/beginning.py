"""Beginning a matter in a room: from scratch, from an answer or a proposal, from minutes."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ... import access, clock, htmx
from ...access import requires
from ...extensions import db, limiter
from ...i18n import gettext
from ...models import Matter, Room
from ...queries import matter_pages as pages
from ...services import matters
from ..answers import forms
from ..console.fields import attempt
from ..consultations import asked
from ..rooms import load as rooms
from . import letters, load, sources
from .routes import bp


@bp.get("/matters/new")
@requires("matter.act")
def choose_room() -> ResponseReturnValue:
    """Choose the room in which to begin a matter; who runs only one goes there at once."""
    text = asked.word("text")
    found = load.hands().own.values()
    links = [(row.name, url_for("matters.new", slug=row.slug, text=text)) for row in found]
    if len(links) == 1:
        return htmx.see_path(links[0][1])
    return render_template("matters/choose.html", links=links)


@bp.route("/rooms/<slug>/matters/new", methods=["GET", "POST"])
@requires("matter.act")
@limiter.limit("60 per hour", methods=["POST"])
def new(slug: str) -> ResponseReturnValue:
    """Begin a matter, and publish it in the room at once unless it is kept as a draft."""
    row = rooms.visible_or_404(slug)
    load.acting_or_403(row.id)
    room = db.session.get_one(Room, row.id)
    posted = request.form if request.method == "POST" else None
    origin = posted if posted is not None else request.args
    source = sources.of(room, origin.get("text", ""), origin.get("paper", ""))
    if posted is None and source.statement_id:
        held = pages.of_statement(source.statement_id, rooms.reader())
        if (begun := db.session.execute(held).first()) is not None:
            flash(gettext("This text is already a matter. Here it is."), "info")
            return htmx.see_other("matters.show", matter_id=begun.id)
    given = {"title": source.title, "body": source.body, "key": forms.new_key()}
    kept = {name: _identifier(origin.get(name, "")) for name in ("text", "paper")}
    form = sources.NewMatterForm(posted, data=given | kept)
    made: list[Matter] = []

    def act() -> None:
        made.append(_begin(form, room, source, publishes="draft" not in request.form))

    status = 200 if posted is None else attempt(form, act)
    if status:
        return render_template("matters/new.html", form=form, room=row, source=source), status
    flash(gettext("The matter is there. Your room can now send it up or answer it."), "success")
    return htmx.see_other("matters.show", matter_id=made[0].id)


def _identifier(raw: str) -> str:
    """Return what may be an identifier, "" for anything else."""
    return raw if rooms.ID.fullmatch(raw) else ""


def _begin(form: Any, room: Room, source: sources.Source, *, publishes: bool) -> Matter:
    """Begin a matter as a form says it; the same form sent again changes nothing."""
    account, now, key = access.account(), clock.now(), form.key.data or ""
    names = ("statement_id", "minutes", "document_id")
    facts: dict[str, Any] = {name: getattr(source, name) for name in names}
    words = form.words(key=key, **facts)
    matter = matters.begin(db.session(), room, words, account_id=account.id, now=now)
    if publishes and matter.version == 0:
        what = matters.Act("publish", account.id, room.id, f"begin-{matter.id[:18]}")
        letters.tell(matters.act(db.session(), matter.id, what, now=now), now=now)
    return matter
