"""Who is in a room: colleges wanted, seats and their holders, official counterparts."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import current_app, flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import requires
from ...domain import colleges, seats
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext, sentence
from ...models import Room, RoomOfficial, Seat
from ...prose import readable
from ...queries import polls as poll_queries
from ...queries import seats as queries
from ...services import room_files, room_setup
from ...services import seats as services
from ..polls import words
from ..rooms import load, people
from .blueprint import actor, bp, key_or_404
from .fields import Stored, attempt
from .room_held import held, part, today
from .room_people_forms import AppointForm, CollegesForm, OfficialForm, SeatForm

SAVED = "Saved."


@bp.route("/rooms/<slug>/colleges", methods=["GET", "POST"])
@requires("room.run")
def room_colleges(slug: str) -> ResponseReturnValue:
    """Set how many people of each college a room wants."""
    room = held(slug)
    if request.method == "GET":
        rows = db.session.scalars(queries.wanted(room.id))
        form = CollegesForm(data={row.college: row.wanted for row in rows})
        return render_template("console/room_colleges.html", form=form, room=room)
    form = CollegesForm(request.form)

    def act() -> None:
        room_setup.want(db.session(), room.id, form.values(), actor=actor(), now=clock.now())

    if status := attempt(form, act):
        return render_template("console/room_colleges.html", form=form, room=room), status
    return _saved("console.room", slug)


@bp.post("/rooms/<slug>/members/<account_id>/college")
@requires("room.run")
def place_member(slug: str, account_id: str) -> ResponseReturnValue:
    """Say of which college someone is."""
    room, key = held(slug), key_or_404(account_id)
    college = request.form.get("college")
    room_setup.place(db.session(), room.id, key, college, actor=actor(), now=clock.now())
    db.session.commit()
    return _saved("console.room", slug)


@bp.route("/rooms/<slug>/seats", methods=["GET", "POST"])
@requires("room.run")
def room_seats(slug: str) -> ResponseReturnValue:
    """List the seats of a room, and open one."""
    room = held(slug)
    if request.method == "GET":
        return _seats(SeatForm(data={"kind": seats.ORDINARY}), room)
    form = SeatForm(request.form)

    def act() -> None:
        facts = {"kind": form.kind.clean, "title": form.title.clean}
        services.open_seat(db.session(), room.id, **facts, actor=actor(), now=clock.now())

    if status := attempt(form, act):
        return _seats(form, room), status
    return _saved("console.room_seats", slug)


@bp.route("/rooms/<slug>/seats/<seat_id>", methods=["GET", "POST"])
@requires("room.run")
def give_seat(slug: str, seat_id: str) -> ResponseReturnValue:
    """Give a seat to someone, today or from a day to come."""
    room = held(slug)
    seat = part(Seat, room, seat_id)
    if request.method == "GET":
        return _seat(_appointing(room), room, seat)
    form = AppointForm(request.form)
    _offer(form, room)

    def act() -> None:
        services.appoint(db.session(), seat, form.appointment(), actor=actor(), now=clock.now())

    if status := attempt(form, act):
        return _seat(form, room, seat), status
    return _saved("console.room_seats", slug)


@bp.post("/rooms/<slug>/seats/<seat_id>/mandates/<mandate_id>/end-mandate")
@requires("room.run")
def end_mandate(slug: str, seat_id: str, mandate_id: str) -> ResponseReturnValue:
    """End a mandate today, or take back one that has not begun."""
    room = held(slug)
    seat, key = part(Seat, room, seat_id), key_or_404(mandate_id)

    def act() -> None:
        services.end_mandate(db.session(), seat, key, actor=actor(), now=clock.now())

    return _or_refused(act, slug)


@bp.post("/rooms/<slug>/seats/<seat_id>/handover")
@requires("room.run")
def write_handover(slug: str, seat_id: str) -> ResponseReturnValue:
    """Keep the note that the holder of a seat leaves to the next one."""
    room = held(slug)
    seat, text = part(Seat, room, seat_id), request.form.get("handover")
    try:
        services.write_handover(db.session(), seat, text, actor=actor(), now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        return _seat(_appointing(room), room, seat, (text or "", sentence(broken))), broken.status
    db.session.commit()
    return _saved("console.give_seat", slug, seat_id=seat_id)


@bp.post("/rooms/<slug>/seats/<seat_id>/delete")
@requires("room.run")
def remove_seat(slug: str, seat_id: str) -> ResponseReturnValue:
    """Take away a seat that nobody ever held."""
    room = held(slug)
    seat = part(Seat, room, seat_id)
    gone = room_files.ids(db.session(), seat)
    return _or_refused(
        lambda: services.remove(db.session(), seat, actor=actor(), now=clock.now()), slug, gone
    )


@bp.route("/rooms/<slug>/officials", methods=["GET", "POST"])
@requires("room.run")
def room_officials(slug: str) -> ResponseReturnValue:
    """List whom institutions name to answer a room, and write one down."""
    room = held(slug)
    if request.method == "GET":
        return _officials(OfficialForm(), room)
    form = OfficialForm(request.form)

    def act() -> None:
        room_setup.name_official(
            db.session(),
            room.id,
            values=form.values(),
            dates=(form.begins_on.clean, form.ends_on.clean),
            actor=actor(),
            now=clock.now(),
        )

    if status := attempt(form, act):
        return _officials(form, room), status
    return _saved("console.room_officials", slug)


@bp.route("/rooms/<slug>/officials/<official_id>", methods=["GET", "POST"])
@requires("room.run")
def correct_official(slug: str, official_id: str) -> ResponseReturnValue:
    """Correct what is written of someone who answers for an institution."""
    room = held(slug)
    found = part(RoomOfficial, room, official_id)
    if request.method == "GET":
        values, version = _written(found)
        return _official(OfficialForm(data={**values, "version": version}), room, found)
    form = OfficialForm(request.form)

    def act() -> None:
        given: dict[str, Any] = {"actor": actor(), "now": clock.now()}
        given["version"] = form.version.data or ""
        room_setup.correct_official(db.session(), found, form.values(), **given)

    if status := attempt(form, act, lambda: _written(found)):
        return _official(form, room, found), status
    return _saved("console.room_officials", slug)


@bp.post("/rooms/<slug>/officials/<official_id>/delete")
@requires("room.run")
def remove_official(slug: str, official_id: str) -> ResponseReturnValue:
    """Take away someone whom an institution no longer names."""
    found = part(RoomOfficial, held(slug), official_id)
    room_setup.remove_official(db.session(), found, actor=actor(), now=clock.now())
    db.session.commit()
    return _saved("console.room_officials", slug)


def _or_refused(
    act: Callable[[], None], slug: str, gone: Sequence[str] = ()
) -> ResponseReturnValue:
    """Do something to a seat, or say on the page of the seats why it is refused.

    `gone` are its files, when it goes.
    """
    try:
        act()
        db.session.commit()
    except RuleBroken as broken:
        db.session.rollback()
        if broken.status == 404:
            raise
        form = SeatForm(data={"kind": seats.ORDINARY})
        return _seats(form, held(slug), sentence(broken)), broken.status
    room_files.SHELF.forget(current_app.config["DATA_DIR"], gone)
    return _saved("console.room_seats", slug)


def _saved(endpoint: str, slug: str, **more: Any) -> ResponseReturnValue:
    flash(gettext(SAVED), "success")
    return htmx.see_other(endpoint, slug=slug, **more)


def _offer(form: AppointForm, room: Room) -> None:
    rows = db.session.execute(queries.may_sit(room.id)).all()
    nobody = ("", gettext("None: I write a name below"))
    form.account_id.offer([nobody, *((one.id, one.name or one.email) for one in rows)])


def _elections(held: Sequence[people.Held]) -> dict[str, Any]:
    """Return the last vote on each seat, by seat."""
    query = poll_queries.about([one.id for one in held], load.reader())
    rows = db.session.execute(query).all()
    return {row.Poll.subject: words.told(row) for row in reversed(rows)}


def _seats(form: SeatForm, room: Room, refusal: str = "") -> str:
    found = people.seated(room.id, today(room))
    return render_template(
        "console/room_seats.html",
        form=form,
        room=room,
        seats=found,
        elections=_elections(found),
        kinds=seats.LABELS,
        refusal=refusal,
    )


def _appointing(room: Room) -> AppointForm:
    return AppointForm(data={"begins_on": today(room).isoformat(), "stays": True})


def _seat(form: AppointForm, room: Room, seat: Seat, refused: tuple[str, str] | None = None) -> str:
    """Show a seat; `refused` is a note that was refused, as it was typed, and why."""
    _offer(form, room)
    found = (one for one in people.seated(room.id, today(room)) if one.id == seat.id)
    typed, error = refused or (seat.handover, "")
    return render_template(
        "console/room_seat.html",
        form=form,
        room=room,
        seat=next(found),
        kinds=seats.LABELS,
        typed=readable(typed),
        error=error,
    )


def _written(official: RoomOfficial) -> Stored:
    db.session.refresh(official)
    names = ("name", "institution", "theme", "phone", "email")
    values: dict[str, Any] = {name: getattr(official, name) for name in names}
    for name in ("begins_on", "ends_on"):
        day = getattr(official, name)
        values[name] = day.isoformat() if day else ""
    return values, str(official.version)


def _official(form: OfficialForm, room: Room, official: RoomOfficial) -> str:
    return render_template("console/room_official.html", form=form, room=room, official=official)


def _officials(form: OfficialForm, room: Room) -> str:
    rows = db.session.scalars(queries.officials(room.id, today(room))).all()
    return render_template(
        "console/room_officials.html", form=form, room=room, rows=rows, colleges=colleges.LABELS
    )
