"""What a room does: its meetings and their minutes, its commitments."""

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import requires
from ...domain import agendas, local_times
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext, sentence
from ...models import Commitment, Room, RoomDocument, RoomEvent
from ...queries import registers as queries
from ...services import agendas as meetings
from ...services import registers as papers
from .blueprint import actor, bp
from .fields import Stored, attempt
from .room_held import held, part, today, zone
from .room_work_forms import CommitmentForm, MeetingForm, MinutesForm


@bp.route("/rooms/<slug>/plan", methods=["GET", "POST"])
@requires("room.run")
def plan_meeting(slug: str) -> ResponseReturnValue:
    """Plan a meeting, or several that come back."""
    room = held(slug)
    if request.method == "GET":
        form = MeetingForm(data={"takes_names": True, "repeats": agendas.ONCE, "times": "1"})
        return _meeting(form, room)
    form, made = MeetingForm(request.form), list[RoomEvent]()

    def act() -> None:
        found = meetings.plan(
            db.session(), room.id, form.meeting(zone(room)), actor=actor(), now=clock.now()
        )
        made.extend(found)

    if status := attempt(form, act):
        return _meeting(form, room), status
    flash(gettext("The meeting is on the agenda."), "success")
    return htmx.see_other("rooms.event", slug=slug, event_id=made[0].id)


@bp.route("/rooms/<slug>/events/<event_id>", methods=["GET", "POST"])
@requires("room.run")
def change_meeting(slug: str, event_id: str) -> ResponseReturnValue:
    """Change a meeting."""
    room = held(slug)
    event = part(RoomEvent, room, event_id)
    if request.method == "GET":
        values, version = _stored(event)
        form = MeetingForm(data={**values, "version": version})
        return _event(form, room, event)
    form = MeetingForm(request.form)
    form.repeats.data = agendas.ONCE

    def act() -> None:
        meetings.edit(
            db.session(),
            event,
            form.meeting(event.time_zone),
            version=form.version.data or "",
            actor=actor(),
            now=clock.now(),
        )

    if status := attempt(form, act, lambda: _stored(event)):
        return _event(form, room, event), status
    flash(gettext("Saved."), "success")
    return htmx.see_other("rooms.event", slug=slug, event_id=event_id)


@bp.post("/rooms/<slug>/events/<event_id>/cancel")
@requires("room.run")
def cancel_meeting(slug: str, event_id: str) -> ResponseReturnValue:
    """Cancel a meeting; its page stays and says so."""
    room = held(slug)
    event = part(RoomEvent, room, event_id)
    try:
        meetings.cancel(db.session(), event, actor=actor(), now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        values, version = _stored(event)
        form = MeetingForm(data={**values, "version": version})
        return _event(form, room, event, sentence(broken)), broken.status
    db.session.commit()
    flash(gettext("The meeting is cancelled."), "success")
    return htmx.see_other("rooms.event", slug=slug, event_id=event_id)


@bp.route("/rooms/<slug>/events/<event_id>/minutes", methods=["GET", "POST"])
@requires("room.run")
def write_minutes(slug: str, event_id: str) -> ResponseReturnValue:
    """Write the minutes of a meeting, a document of the room."""
    room = held(slug)
    event = part(RoomEvent, room, event_id)
    if request.method == "GET":
        values, version = _written(event)
        return _minutes(MinutesForm(data={**values, "version": version}), room, event)
    form, made = MinutesForm(request.form), list[RoomDocument]()

    def act() -> None:
        found = meetings.write_minutes(
            db.session(),
            event,
            form.values(),
            version=form.version.data or "",
            actor=actor(),
            now=clock.now(),
        )
        made.append(found)

    if status := attempt(form, act, lambda: _written(event)):
        return _minutes(form, room, event), status
    flash(gettext("The minutes are published."), "success")
    return htmx.see_other("rooms.document", slug=slug, paper_id=made[0].id)


@bp.route("/rooms/<slug>/commitments", methods=["GET", "POST"])
@requires("room.run")
def room_commitments(slug: str) -> ResponseReturnValue:
    """Write who does what, by when."""
    room = held(slug)
    form = CommitmentForm(request.form if request.method == "POST" else None)

    def act() -> None:
        papers.commit_to(
            db.session(),
            room.id,
            form.values(),
            due_on=form.due_on.clean,
            actor=actor(),
            now=clock.now(),
        )

    if request.method == "GET":
        return render_template("console/room_commitment.html", form=form, room=room)
    if status := attempt(form, act):
        return render_template("console/room_commitment.html", form=form, room=room), status
    flash(gettext("The commitment is written."), "success")
    return htmx.see_other("rooms.decisions", slug=slug)


@bp.post("/rooms/<slug>/commitments/<commitment_id>/kept")
@requires("room.run")
def keep_commitment(slug: str, commitment_id: str) -> ResponseReturnValue:
    """Say that a commitment is kept."""
    room = held(slug)
    found = part(Commitment, room, commitment_id)
    papers.mark_kept(db.session(), found, today(room), actor=actor(), now=clock.now())
    db.session.commit()
    flash(gettext("Saved."), "success")
    return htmx.see_other("rooms.decisions", slug=slug)


def _stored(event: RoomEvent) -> Stored:
    db.session.refresh(event)
    same = ("title", "about", "place", "link", "takes_names")
    values: dict[str, Any] = {name: getattr(event, name) for name in same}
    values["starts"] = local_times.write(event.starts_at, event.time_zone)
    values["ends"] = local_times.write(event.ends_at, event.time_zone)
    return values, str(event.version)


def _written(event: RoomEvent) -> Stored:
    db.session.refresh(event)
    found = db.session.scalar(queries.minutes(event.id))
    attended = "" if event.attended is None else str(event.attended)
    if found is None:
        title = gettext("Minutes: %(title)s", title=event.title)[:200]
        return {"title": title, "attended": attended}, ""
    values = {"title": found.title, "body": found.body, "link": found.link}
    return {**values, "attended": attended}, str(found.version)


def _minutes(form: MinutesForm, room: Room, event: RoomEvent) -> str:
    return render_template("console/room_minutes.html", form=form, room=room, event=event)


def _meeting(form: MeetingForm, room: Room) -> str:
    return render_template("console/room_meeting.html", form=form, room=room, zone=zone(room))


def _event(form: MeetingForm, room: Room, event: RoomEvent, refusal: str = "") -> str:
    now, stands = clock.now(), event.cancelled_at is None
    return render_template(
        "console/room_event.html",
        form=form,
        room=room,
        event=event,
        zone=event.time_zone,
        has_begun=event.starts_at <= now and stands,
        may_cancel=event.ends_at > now and stands,
        refusal=refusal,
    )
