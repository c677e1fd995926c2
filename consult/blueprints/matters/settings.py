"""What a room sets for itself about matters; what it leaves empty comes from the room above."""

from typing import Any, NamedTuple

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import access, clock, htmx
from ...access import requires
from ...domain import room_settings as rules
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext, sentence
from ...models import Room
from ...prose import readable
from ...queries import room_settings as queries
from ...services import room_settings
from ..console.blueprint import actor
from ..rooms import load as rooms
from ..rooms import tabs
from .routes import bp


class Line(NamedTuple):
    """A setting on the page: what the room typed, what holds without it and where it comes from."""

    key: str
    about: rules.Key
    typed: str
    inherited: str
    source: str | None


@bp.route("/rooms/<slug>/settings", methods=["GET", "POST"])
@requires("room.run")
@limiter.limit("60 per hour", methods=["POST"])
def settings_of_room(slug: str) -> ResponseReturnValue:
    """Show and change how a room deals with matters."""
    row = rooms.visible_or_404(slug)
    access.check("room.run", room=row)
    if request.method == "GET":
        return _page(row)
    typed = {key: request.form.get(key, "") for key in rules.KEYS}
    room = db.session.get_one(Room, row.id)
    try:
        room_settings.change(db.session(), room, typed, actor=actor(), now=clock.now())
        db.session.commit()
    except RuleBroken as broken:
        db.session.rollback()
        return _page(row, typed, broken), broken.status
    flash(gettext("Saved."), "success")
    return htmx.see_other("matters.settings_of_room", slug=slug)


def _page(row: Any, typed: Any = None, broken: RuleBroken | None = None) -> str:
    stored = db.session.execute(queries.stored(row.id)).all()
    return render_template(
        "matters/settings.html",
        room=row,
        tabs=tabs.of(row.slug),
        lines=[_line(key, stored, typed) for key in rules.KEYS],
        wrong=_wrong(typed) if broken else "",
        error=sentence(broken) if broken else "",
    )


def _line(key: str, stored: Any, typed: Any) -> Line:
    about, own = rules.KEYS[key], ""
    inherited, source = _said(about, about.default), None
    for one in reversed([one for one in stored if one.key == key]):
        if one.height == 0:
            own = _value(about, one.value)
        else:
            inherited = _said(about, one.value)
            source = None if one.is_private else one.name
    return Line(key, about, readable(typed[key]) if typed else own, inherited, source)


def _wrong(typed: Any) -> str:
    """Return the first setting that cannot be read."""
    for key, raw in typed.items():
        try:
            rules.read(key, raw)
        except RuleBroken:
            return str(key)
    return ""


def _value(about: rules.Key, value: int) -> str:
    return (rules.YES if value else rules.NO) if about.is_choice else str(value)


def _said(about: rules.Key, value: int) -> str:
    if about.is_choice:
        return gettext("Yes") if value else gettext("No")
    return str(value)
