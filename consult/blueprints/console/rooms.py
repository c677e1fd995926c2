"""The rooms one looks after: opened, changed, joined by letter, left."""

from typing import Any

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ... import access, clock, htmx
from ...access import account, requires, viewer
from ...domain import colleges, room_templates
from ...domain import rooms as rules
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext, sentence
from ...models import Room, Territory
from ...queries import rooms as queries
from ...services import room_invitations, room_setup, rooms, seats
from ..accounts import confirming, letters
from ..rooms import load
from .blueprint import actor, bp, key_or_404
from .fields import Stored, attempt
from .room_forms import JoinForm, RoomForm


def held(slug: str, action: str) -> Room:
    """Return a room for whoever looks after it: 404 when it is not visible, else 403."""
    row = load.visible_or_404(slug)
    access.check(action, room=row)
    return db.session.get_one(Room, row.id)


@bp.get("/rooms")
@requires("member.manage")
def rooms_held() -> ResponseReturnValue:
    """List the rooms that one looks after."""
    rows = db.session.execute(queries.managed(load.reader())).all()
    return render_template(
        "console/rooms.html",
        rows=rows,
        labels=rules.LABELS,
        may_open=viewer().may("room.manage"),
    )


@bp.route("/open-room", methods=["GET", "POST"])
@requires("room.manage")
def open_room() -> ResponseReturnValue:
    """Open a room: its name, its level, its place, the room above."""
    form = RoomForm(request.form if request.method == "POST" else None)
    form.offer()
    if request.method == "GET":
        return _form(form, None)
    _check_rights(form)
    made: list[Room] = []

    def act() -> None:
        _check_place(form, None)
        made.append(_open(form))

    if status := attempt(form, act):
        return _form(form, None), status
    flash(gettext("The room is open."), "success")
    return htmx.see_other("console.room", slug=made[0].slug)


@bp.route("/rooms/<slug>/edit", methods=["GET", "POST"])
@requires("room.manage")
def edit_room(slug: str) -> ResponseReturnValue:
    """Change what is said of a room."""
    room = held(slug, "room.manage")
    if request.method == "GET":
        stored, version = _stored(room)
        form = RoomForm(data={**stored, "version": version})
        form.offer(room)
        return _form(form, room)
    form = RoomForm(request.form)
    form.offer(room)
    _check_rights(form)

    def act() -> None:
        _check_place(form, room)
        above = room.parent_id
        rooms.edit(
            db.session(),
            room,
            form.facts(),
            version=form.version.data or "",
            actor=actor(),
            now=clock.now(),
        )
        if room.parent_id != above:
            seats.follow(db.session(), room.id, now=clock.now())

    if status := attempt(form, act, lambda: _stored(room)):
        return _form(form, room), status
    flash(gettext("Saved."), "success")
    return htmx.see_other("console.room", slug=slug)


def _open(form: RoomForm) -> Room:
    template = room_templates.template(form.template.clean)
    room = rooms.open_one(db.session(), form.facts(), actor=actor(), now=clock.now())
    if template is not None:
        room_setup.furnish(
            db.session(), room, template, say=gettext, actor=actor(), now=clock.now()
        )
    return room


def _check_rights(form: RoomForm) -> None:
    """Refuse, whatever the form offers, a room of a level or below a room that is not theirs."""
    level = form.level.data
    if level not in rules.LEVELS:
        return
    above = None
    if form.parent_id.data and load.ID.fullmatch(form.parent_id.data):
        above = db.session.get(Room, form.parent_id.data)
    if not viewer().may_open_below(level, above):
        abort(403)


def _check_place(form: RoomForm, room: Room | None) -> None:
    if not viewer().may("platform.manage"):
        rooms.check_place(db.session(), form.facts(), room, account().id)


def _stored(room: Room) -> Stored:
    db.session.refresh(room)
    same = ("name", "level", "territory_code", "moderates", "is_private", "purpose")
    place = db.session.get(Territory, room.territory_code) if room.territory_code else None
    values = {
        **{name: getattr(room, name) for name in same},
        "parent_id": room.parent_id or "",
        "territory": place.name if place else "",
    }
    return values, str(room.version)


def _form(form: RoomForm, room: Room | None) -> str:
    return render_template(
        "console/room_form.html", form=form, room=room, functions=rules.FUNCTIONS
    )


@bp.route("/rooms/<slug>", methods=["GET", "POST"])
@requires("member.manage")
@limiter.limit("60 per hour", methods=["POST"])
def room(slug: str) -> ResponseReturnValue:
    """List who is in a room, and invite someone; the answer is the same whatever the address."""
    found = held(slug, "member.manage")
    if request.method == "GET":
        return _page(JoinForm(data={"role": rules.FACILITATOR}), found)
    form = JoinForm(request.form)

    def act() -> None:
        if form.role.clean == rules.FACILITATOR:
            confirming.shown()
        invited = room_invitations.invite(
            db.session(),
            found,
            email=form.email.clean,
            role=form.role.clean,
            inviter=account(),
            now=clock.now(),
            college=form.college.clean,
        )
        if invited is not None:
            facilitates = form.role.clean == rules.FACILITATOR
            facts = {"room": found.name, "facilitates": facilitates}
            letters.invite("room_invitation", *invited, account(), **facts)

    if status := attempt(form, act):
        return _page(form, found), status
    flash(gettext("The invitation leaves for %(address)s.", address=form.email.clean), "success")
    return htmx.see_other("console.room", slug=slug)


@bp.post("/rooms/<slug>/invitations/<invitation_id>/delete")
@requires("member.manage")
def delete_room_invitation(slug: str, invitation_id: str) -> ResponseReturnValue:
    """Take an invitation back."""
    found = held(slug, "member.manage")
    key = key_or_404(invitation_id)
    room_invitations.uninvite(db.session(), found, key, actor=actor(), now=clock.now())
    db.session.commit()
    flash(gettext("The invitation no longer works."), "success")
    return htmx.see_other("console.room", slug=slug)


@bp.post("/rooms/<slug>/members/<account_id>/delete")
@requires("member.manage")
def end_membership(slug: str, account_id: str) -> ResponseReturnValue:
    """End what someone is in a room, oneself too, as long as someone runs it."""
    found = held(slug, "member.manage")
    key = key_or_404(account_id)
    try:
        confirming.shown()
        rooms.end_membership(db.session(), found, key, actor=actor(), now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        if broken.status == 404:
            raise
        return _page(
            JoinForm(data={"role": rules.FACILITATOR}), found, sentence(broken)
        ), broken.status
    db.session.commit()
    flash(gettext("This person is no longer in this room."), "success")
    if account_id == account().id:
        return htmx.see_other("rooms.index")
    return htmx.see_other("console.room", slug=slug)


@bp.post("/rooms/<slug>/own-name")
@requires("member.manage")
def name_oneself(slug: str) -> ResponseReturnValue:
    """Let the room's page give one's name, or no longer."""
    found = held(slug, "member.manage")
    is_named = request.form.get("named") == "yes"
    rooms.name_oneself(db.session(), found, account().id, is_named=is_named, now=clock.now())
    db.session.commit()
    flash(gettext("Saved."), "success")
    return htmx.see_other("console.room", slug=slug)


def _page(form: JoinForm, found: Room, refusal: str = "") -> str:
    people: Any = rooms.people(db.session(), found.id)
    return render_template(
        "console/room.html",
        form=form,
        room=found,
        people=people,
        me=account(),
        fresh=confirming.is_fresh(),
        own=next((one for one in people if one.account_id == account().id), None),
        invited=room_invitations.waiting_for(db.session(), found, clock.now()),
        labels=rules.LABELS,
        roles=rules.ROLES,
        colleges=colleges.LABELS,
        may_edit=viewer().may("room.manage", room=found),
        page_url=url_for("rooms.show", slug=found.slug),
        refusal=refusal,
    )
