"""Opening a call: from a template or from last year's, in at most seven fields."""

from collections.abc import Sequence
from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from ... import access, clock, htmx
from ...access import account, requires
from ...domain import call_templates, roles
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext
from ...models import OpenCall, Room
from ...queries import open_calls as queries
from ...queries import rooms
from ...services import open_calls
from ..open_calls import load
from ..rooms import load as room_load
from . import choices
from .blueprint import bp
from .call_forms import NewCallForm, dates
from .fields import attempt

ALONE = ""  # a local authority opens it, no room


@bp.get("/new-open-call")
@requires("call.create")
def new_call() -> ResponseReturnValue:
    """Offer the templates and the calls to copy; with one chosen, its few fields."""
    name, source = request.args.get("template", ""), _source(request.args.get("copy", ""))
    if not name and source is None:
        return render_template(
            "console/call_templates.html",
            templates=call_templates.in_order(),
            earlier=db.session.execute(queries.earlier(load.reader())).all(),
        )
    form = NewCallForm(data=_habits(source))
    return _new(form, name, source)


@bp.post("/new-open-call")
@requires("call.create")
def create_call() -> ResponseReturnValue:
    """Open the draft, then show what it lacks."""
    name, source = request.form.get("template", ""), _source(request.form.get("copy", ""))
    if source is None:
        call_templates.template(name)
    form = NewCallForm(request.form)
    _offer(form, source)
    made: list[OpenCall] = []
    if status := attempt(form, lambda: made.append(_open(form, name, source))):
        return _new(form, name, source), status
    return htmx.see_other("console.open_call", slug=made[0].slug)


def _open(form: NewCallForm, name: str, source: OpenCall | None) -> OpenCall:
    values, territory = form.values(), form.territory_code.clean or None
    zone = choices.zone_of(territory, choices.OWN_ZONE)
    room = _room(form.room_id.data if "room_id" in form else ALONE)
    values |= dates(form, zone) | {"territory_code": territory, "time_zone": zone}
    values["room_id"] = room.id if room else None
    if room is not None and not values.get("opened_by"):
        values["opened_by"] = room.name
    given: dict[str, Any] = {"owner_id": account().id, "values": values, "now": clock.now()}
    if any(values[date] is None for date in ("opens_at", "closes_at")):
        raise RuleBroken("date-missing")
    if source is not None:
        return open_calls.copy(db.session(), source, **given)
    found = call_templates.template(name)
    texts = {word: found.SETTINGS[word] for word in call_templates.WORDS if word in found.SETTINGS}
    words: dict[str, Any] = {word: gettext(text) for word, text in texts.items()}
    words["principles"] = [gettext(text) for text in found.PRINCIPLES]
    return open_calls.create(db.session(), template=name, words=words, **given)


def _source(slug: str) -> OpenCall | None:
    return load.visible_or_404(slug) if slug else None


def _habits(source: OpenCall | None) -> dict[str, Any]:
    """Return what is filled in already: all but the dates of the call that is copied."""
    if source is None:
        return {"opened_by": account().organisation or "", "room_id": ALONE}
    names = ("title", "opened_by", "territory_code")
    return {name: getattr(source, name) for name in names} | {"room_id": source.room_id or ALONE}


def _held() -> Sequence[Any]:
    """Return the public rooms that the reader looks after."""
    if not access.viewer().roles() & roles.FACILITATORS:
        return []
    rows = db.session.execute(rooms.managed(room_load.reader())).all()
    return [row for row in rows if not row.is_private]


def _room(room_id: str) -> Room | None:
    """Return the room that opens a call, which its reader must look after; none for none."""
    may_alone = access.viewer().roles() & {roles.LOCAL_AUTHORITY, roles.ADMINISTRATOR}
    if not room_id:
        if not may_alone:
            raise RuleBroken("room-not-yours")
        return None
    room = next((row for row in _held() if row.id == room_id), None)
    if room is None:
        raise RuleBroken("room-not-yours")
    return db.session.get_one(Room, room.id)


def _offer(form: NewCallForm, source: OpenCall | None) -> None:
    """Leave out what need not be asked: the room of who has none, the sum of a copy."""
    held = _held()
    if held:
        alone = access.viewer().roles() & {roles.LOCAL_AUTHORITY, roles.ADMINISTRATOR}
        offered = [(row.id, row.name) for row in held]
        form.room_id.offer([(ALONE, "–"), *offered] if alone else offered)
        if not alone:
            del form.opened_by
        known = [value for value, _label in offered]
        if form.room_id.data not in known and request.method == "GET":
            form.room_id.data = ALONE if alone else known[0]
    else:
        del form.room_id
        form.opened_by.flags.optional = False
    if source is not None:
        del form.amount_cents


def _new(form: NewCallForm, name: str, source: OpenCall | None) -> str:
    if source is None and name not in call_templates.TEMPLATES:
        abort(404)
    if request.method == "GET":
        _offer(form, source)
    return render_template(
        "console/call_new.html",
        form=form,
        name=name,
        source=source,
        template=call_templates.TEMPLATES.get(name),
    )
