"""The page that a letter to people of a room leads to: only a POST stops it, or wants it again."""

from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock
from ...access import account, public, requires
from ...domain import reminders
from ...domain.kinds import N_
from ...domain.matters import notices
from ...extensions import csrf, db, limiter
from ...i18n import gettext
from ...models import Account, Room
from ...queries import room_letters as queries
from ...services import stopped_letters
from ..follows.stopping import ONE_CLICK, PER_MINUTE, QUIET
from . import mail
from .routes import bp

OF_NO_ROOM = {
    reminders.SUBJECT: N_("What waits in your rooms"),
    notices.SUBJECT: N_("What becomes of matters"),
}


@bp.get("/letters/stop/<token>")
@public
@limiter.limit(PER_MINUTE)
def stop_page(token: str) -> ResponseReturnValue:
    """Show the one button; looking changes nothing."""
    account_id, subject, title = _known_or_404(token)
    stopped = stopped_letters.is_stopped(db.session(), account_id, subject)
    text = render_template("room_letters/stop.html", token=token, title=title, stopped=stopped)
    return text, 200, QUIET


@bp.post("/letters/stop/<token>")
@public
@csrf.exempt
@limiter.limit(PER_MINUTE)
def stop(token: str) -> ResponseReturnValue:
    """Stop these letters and no other, or want them again.

    A mail program sends RFC 8058's one field, without the page and its token.
    """
    by_program = request.form.get("List-Unsubscribe") == ONE_CLICK
    if not by_program:
        csrf.protect()
    account_id, subject, _title = _known_or_404(token)
    again = "again" in request.form and not by_program
    act: Any = stopped_letters.resume if again else stopped_letters.stop
    act(db.session(), account_id, subject, now=clock.now())
    db.session.commit()
    said = gettext("You get these letters again.") if again else gettext("These letters stop.")
    if by_program:
        return said, 200, {**QUIET, "Content-Type": "text/plain; charset=utf-8"}
    flash(said, "success")
    return redirect(f"/letters/stop/{token}", 303)


@bp.get("/account/letters/stopped")
@requires("account.manage")
def stopped() -> ResponseReturnValue:
    """Show the letters of rooms that one stopped, each with the button that lets them come."""
    rows = [
        (row.subject, _title(row.subject, row.name))
        for row in db.session.execute(queries.stopped(account().id))
        if row.name is not None or row.subject in OF_NO_ROOM
    ]
    return render_template("room_letters/stopped.html", rows=rows)


@bp.post("/account/letters/again")
@requires("account.manage")
def want_again() -> ResponseReturnValue:
    """Get again the letters of a room that one stopped."""
    subject = request.form.get("subject", "")
    if "\x00" in subject or not stopped_letters.resume(
        db.session(), account().id, subject, now=clock.now()
    ):
        abort(404)
    db.session.commit()
    flash(gettext("You get these letters again."), "success")
    return redirect("/account/letters/stopped", 303)


def _title(subject: str, room: str | None = None) -> str:
    """Say what letters are about: those of a room, those to facilitators, those of matters."""
    if room is None:
        return gettext(OF_NO_ROOM[subject])
    return gettext("Letters of the room “%(name)s”", name=room)


def _known_or_404(token: str) -> tuple[str, str, str]:
    """Return the account, the subject, and the name of what the letters are about."""
    found = mail.of_token(token)
    if found is None or db.session.get(Account, found[0]) is None:
        abort(404)
    account_id, subject = found
    if subject in OF_NO_ROOM:
        return account_id, subject, _title(subject)
    room = db.session.get(Room, subject.partition(":")[2])
    if room is None:
        abort(404)
    return account_id, subject, _title(subject, room.name)
