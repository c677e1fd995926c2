"""The votes of a room one looks after: opened, cancelled, closed early, reminded of."""

from typing import Any

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account, requires
from ...domain import polls as rules
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext, sentence
from ...models import Poll, Room, Territory
from ...queries import polls as queries
from ...services import poll_purposes, polls
from ..polls import words
from . import poll_subjects
from .blueprint import actor, bp, key_or_404
from .fields import attempt
from .poll_forms import PollForm, ReasonForm, hints, usual
from .rooms import held

PARIS = "Europe/Paris"


def of_room(slug: str, poll_id: str) -> tuple[Room, Any]:
    """Return a vote of a room for whoever runs it: 403 before 404, so that nothing is told."""
    room = held(slug, "poll.manage")
    query = queries.of_room(room.id).where(Poll.id == key_or_404(poll_id))
    found = db.session.execute(query).one_or_none()
    if found is None:
        abort(404)
    return room, found


def zone_of(room: Room) -> str:
    """Return the time zone in which a room says its hours."""
    place = db.session.get(Territory, room.territory_code) if room.territory_code else None
    return place.time_zone if place else PARIS


@bp.route("/rooms/<slug>/open-poll", methods=["GET", "POST"])
@requires("poll.manage")
@limiter.limit("30 per hour", methods=["POST"])
def open_poll(slug: str) -> ResponseReturnValue:
    """Open a vote: a question, a kind, until when; the rest under Advanced.

    `purpose` and `about` in the address say that it is about a matter or a seat.
    """
    room = held(slug, "poll.manage")
    zone = zone_of(room)
    subject = poll_subjects.asked(room, account().id)
    posted = request.form if request.method == "POST" else None
    form = subject.form(posted, clock.now(), zone) if subject else _plain(posted, zone)
    if posted is None:
        return _form(form, room, zone, subject)
    made: list[Poll] = []

    def act() -> None:
        facts = form.facts(zone, **(subject.facts() if subject else {}))
        if facts is None:
            raise RuleBroken("date-unreadable")
        made.append(polls.open_one(db.session(), room, facts, actor=actor(), now=clock.now()))

    if status := attempt(form, act):
        return _form(form, room, zone, subject), status
    flash(gettext("The vote is ready. Those who vote get a letter when it opens."), "success")
    return htmx.see_path(f"/polls/{made[0].id}")


def _plain(posted: Any, zone: str) -> PollForm:
    return PollForm(posted) if posted is not None else PollForm(data=usual(clock.now(), zone))


def _form(form: PollForm, room: Room, zone: str, subject: poll_subjects.Subject | None) -> str:
    purposes = {name: gettext(one.HINT) for name, one in poll_purposes.PURPOSES.items()}
    return render_template(
        "console/poll_form.html",
        form=form,
        room=room,
        zone=zone,
        hints=hints(),
        purposes=purposes,
        subject=subject,
        least=rules.LEAST_SECRET,
    )


@bp.get("/rooms/<slug>/polls/<poll_id>")
@requires("poll.manage")
def poll(slug: str, poll_id: str) -> ResponseReturnValue:
    """Show what can be done with a vote, and how many voted; never who."""
    room, row = of_room(slug, poll_id)
    return _page(room, row, ReasonForm())


@bp.post("/rooms/<slug>/polls/<poll_id>/cancel")
@requires("poll.manage")
def cancel_poll(slug: str, poll_id: str) -> ResponseReturnValue:
    """Cancel a vote before its first ballot."""
    return _end(slug, poll_id, polls.cancel, gettext("The vote is cancelled."))


@bp.post("/rooms/<slug>/polls/<poll_id>/close")
@requires("poll.manage")
def close_poll(slug: str, poll_id: str) -> ResponseReturnValue:
    """Close a vote early, with a reason that everyone reads."""
    return _end(slug, poll_id, polls.close_early, gettext("The vote is closed."))


def _end(slug: str, poll_id: str, act: Any, done: str) -> ResponseReturnValue:
    room, row = of_room(slug, poll_id)
    form = ReasonForm(request.form)

    def end() -> None:
        act(db.session(), row.Poll.id, reason=form.reason.clean, actor=actor(), now=clock.now())

    if status := attempt(form, end):
        return _page(room, of_room(slug, poll_id)[1], form), status
    flash(done, "success")
    return htmx.see_path(f"/polls/{poll_id}")


@bp.post("/rooms/<slug>/polls/<poll_id>/remind")
@requires("poll.manage")
@limiter.limit("30 per hour")
def remind_of_poll(slug: str, poll_id: str) -> ResponseReturnValue:
    """Remind those who have not voted, once a day."""
    room, row = of_room(slug, poll_id)
    try:
        polls.ask_reminder(db.session(), row.Poll.id, actor=actor(), now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        return _page(room, of_room(slug, poll_id)[1], ReasonForm(), sentence(broken)), broken.status
    db.session.commit()
    flash(gettext("Those who have not voted get a letter."), "success")
    return htmx.see_path(f"/console/rooms/{slug}/polls/{poll_id}")


def _page(room: Room, row: Any, form: ReasonForm, refusal: str = "") -> str:
    return render_template(
        "console/poll.html",
        room=room,
        poll=row.Poll,
        turnout=row.turnout,
        took_part=words.took_part(row.turnout, row.Poll.electors),
        state=rules.state(row.Poll, clock.now()),
        labels=rules.LABELS,
        form=form,
        refusal=refusal,
    )
