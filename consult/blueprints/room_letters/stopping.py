"""The page that a letter to people of a room leads to: only a POST stops it, or wants it again."""

from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock
from ...access import public
from ...domain import reminders
from ...extensions import csrf, db, limiter
from ...i18n import gettext
from ...models import Account, Room
from ...services import stopped_letters
from ..follows.stopping import ONE_CLICK, PER_MINUTE, QUIET
from . import mail
from .routes import bp


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


def _known_or_404(token: str) -> tuple[str, str, str]:
    """Return the account, the subject, and the name of what the letters are about."""
    found = mail.of_token(token)
    if found is None or db.session.get(Account, found[0]) is None:
        abort(404)
    account_id, subject = found
    if subject == reminders.SUBJECT:
        return account_id, subject, gettext("What waits in your rooms")
    room = db.session.get(Room, subject.partition(":")[2])
    if room is None:
        abort(404)
    return account_id, subject, gettext("Letters of the room “%(name)s”", name=room.name)
