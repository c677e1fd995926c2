"""What a room sends down: written, changed, withdrawn."""

from collections.abc import Sequence
from typing import Any

from flask import current_app, flash, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from wtforms import SelectMultipleField

from ... import clock, htmx
from ...access import requires
from ...domain import clean, local_times
from ...domain import frames as rules
from ...domain.kinds import N_
from ...extensions import db
from ...i18n import gettext
from ...models import Frame, Room, Territory
from ...queries import frames as queries
from ...services import frames, notifications
from ..accounts import letters
from ..frames import load as frame_load
from ..rooms import load
from .blueprint import actor, bp
from .fields import ConsoleForm, Line, Radios, Stored, Text, attempt
from .rooms import held

NIGHT = "T23:59"


class FrameForm(ConsoleForm):
    """What is sent down: its kind, its words, the date that rooms answer by."""

    PLACES = {
        "frame-kind-unknown": "kind",
        "frame-rooms-missing": "rooms",
        "frame-room-elsewhere": "rooms",
        "frame-due-past": "due",
        "frame-due-far": "due",
        "date-missing": "due",
        "frame-same": "body",
        "frame-reason-missing": "reason",
    }
    kind = Radios(N_("What is it?"), offered=list(rules.KINDS.items()))
    title = Line(
        N_("Title"), lambda raw: clean.line(raw, rules.TITLE_LIMIT, required="title-missing")
    )
    body = Text(N_("The text"), lambda raw: clean.text(raw, required="frame-empty"))
    due = Line(
        N_("Answers expected by"),
        lambda raw: clean.line(raw, required="date-missing"),
        description=N_("The rooms can still answer after this date. They are then shown as late."),
    )

    def facts(self, zone: str) -> frames.Facts:
        """Return what was read; the day ends by the clocks of the room."""
        due_at = local_times.read(f"{self.due.clean}{NIGHT}", zone)
        return frames.Facts(self.kind.data, self.title.clean, self.body.clean, due_at)


class NewFrameForm(FrameForm):
    """The same, and for which rooms."""

    reach = Radios(
        N_("For whom?"),
        offered=[
            ("all", N_("All the rooms below, those opened later too")),
            ("chosen", N_("The rooms I choose below")),
        ],
    )
    rooms = SelectMultipleField(N_("Rooms"), validate_choice=False)

    def chosen(self) -> Sequence[str] | None:
        """Return the rooms ticked; None for all of them."""
        if self.reach.data == "all":
            return None
        return [key for key in self.rooms.data or () if load.ID.fullmatch(key)]


class FrameVersionForm(FrameForm):
    """The same, and why it changes."""

    reason = Text(
        N_("What changes, and why?"),
        lambda raw: clean.text(raw, rules.REASON_LIMIT, required="frame-reason-missing"),
    )


class WithdrawalForm(ConsoleForm):
    """Withdrawing: one reason."""

    PLACES = {"frame-reason-missing": "reason"}
    reason = Text(
        N_("Why do you withdraw it?"),
        lambda raw: clean.text(raw, rules.REASON_LIMIT, required="frame-reason-missing"),
        description=N_("Everyone who sees it reads this reason."),
    )


@bp.route("/rooms/<slug>/frames/new", methods=["GET", "POST"])
@requires("frame.publish")
def new_frame(slug: str) -> ResponseReturnValue:
    """Send something down to the rooms below."""
    room = held(slug, "frame.publish")
    rows = db.session.execute(queries.below(room.id, load.reader())).all()
    posted = request.form if request.method == "POST" else None
    form = NewFrameForm(posted, data={"kind": "framework", "reach": "all"})
    form.rooms.choices = [(row.id, row.name) for row in rows]
    made: list[Frame] = []

    def act() -> None:
        frame = frames.publish(
            db.session(),
            room,
            form.facts(_zone(room)),
            chosen=form.chosen(),
            actor=actor(),
            now=clock.now(),
        )
        tell(frame, room)
        made.append(frame)

    status = 200 if posted is None else attempt(form, act)
    if status:
        return render_template("console/frame.html", form=form, room=room, rows=rows), status
    flash(gettext("It is sent down. Those who run these rooms get a letter."), "success")
    return htmx.see_other("frames.show", frame_id=made[0].id)


@bp.route("/rooms/<slug>/frames/<frame_id>/version", methods=["GET", "POST"])
@requires("frame.publish")
def frame_version(slug: str, frame_id: str) -> ResponseReturnValue:
    """Send a new version down: the rooms receive it anew."""
    room, frame = _found(slug, frame_id)
    if request.method == "GET":
        values, version = _stored(frame, room)
        form = FrameVersionForm(data={**values, "version": version})
        return _version_page(form, room, frame)
    form = FrameVersionForm(request.form)

    def act() -> None:
        facts, version = form.facts(_zone(room)), form.version.data or ""
        change = frames.Change(facts, form.reason.clean, version)
        frames.revise(db.session(), frame, change, actor=actor(), now=clock.now())
        tell(frame, room)

    if status := attempt(form, act, lambda: _stored(frame, room)):
        return _version_page(form, room, frame), status
    flash(gettext("The new version is sent down."), "success")
    return htmx.see_other("frames.show", frame_id=frame_id)


@bp.route("/rooms/<slug>/frames/<frame_id>/withdrawal", methods=["GET", "POST"])
@requires("frame.publish")
def withdraw_frame(slug: str, frame_id: str) -> ResponseReturnValue:
    """Withdraw something that was sent down, and say why."""
    room, frame = _found(slug, frame_id)
    posted = request.form if request.method == "POST" else None
    form = WithdrawalForm(posted, data={"version": str(frame.version)})

    def act() -> None:
        frames.withdraw(
            db.session(),
            frame,
            reason=form.reason.clean,
            version=form.version.data or "",
            actor=actor(),
            now=clock.now(),
        )

    stored: Stored = ({}, str(frame.version))
    status = 200 if posted is None else attempt(form, act, lambda: stored)
    if status:
        shown: dict[str, Any] = {"form": form, "room": room, "frame": frame}
        return render_template("console/frame_withdrawal.html", **shown), status
    flash(gettext("It is withdrawn."), "success")
    return htmx.see_other("frames.show", frame_id=frame_id)


def tell(frame: Frame, room: Room) -> None:
    """Put in the outbox the letters to those who run the rooms that a version is for."""
    subject, body = letters.write(
        "frame",
        frame=frame,
        room=room,
        zone=_zone(room),
        link=f"{current_app.config['BASE_URL']}/frames/{frame.id}",
    )
    told = [
        notifications.Letter(row.email, subject, body, f"frame:{frame.id}:{frame.version}:{row.id}")
        for row in db.session.execute(queries.told(frame))
    ]
    notifications.put_all(db.session(), told, now=clock.now())


def _found(slug: str, frame_id: str) -> tuple[Room, Frame]:
    room = held(slug, "frame.publish")
    return room, frame_load.of_room_or_404(frame_id, room.id)


def _zone(room: Room) -> str:
    query = select(Territory.time_zone).where(Territory.code == room.territory_code)
    return db.session.scalar(query) or queries.ZONE


def _stored(frame: Frame, room: Room) -> tuple[dict[str, Any], str]:
    db.session.refresh(frame)
    values = {name: getattr(frame, name) for name in ("kind", "title", "body")}
    due = local_times.write(frame.due_at, _zone(room)).partition("T")[0]
    return {**values, "due": due}, str(frame.version)


def _version_page(form: FrameVersionForm, room: Room, frame: Frame) -> str:
    return render_template("console/frame.html", form=form, room=room, frame=frame)
