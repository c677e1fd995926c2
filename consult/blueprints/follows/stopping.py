"""The page that every letter leads to: stop one thing, stop everything; only a POST acts."""

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock
from ...access import public
from ...extensions import csrf, db, limiter
from ...i18n import gettext as _
from ...models import Subscriber
from ...services import follows
from . import choosing, letters
from .routes import bp

PER_MINUTE = "30 per minute"
QUIET = {"Referrer-Policy": "no-referrer", "Cache-Control": "private, no-store"}
ONE_CLICK = "One-Click"


@bp.get("/letters/<token>")
@public
@limiter.limit(PER_MINUTE)
def letters_of(token: str) -> ResponseReturnValue:
    """Show what an address follows, with the buttons that stop it; looking changes nothing."""
    person = _person_or_404(token)
    text = render_template(
        "follows/stop.html", token=token, person=person, **choosing.shown(person)
    )
    return text, 200, QUIET


@bp.post("/letters/<token>")
@public
@csrf.exempt
@limiter.limit(PER_MINUTE)
def stop_letters(token: str) -> ResponseReturnValue:
    """Stop one thing or everything, or choose one's letters.

    A mail program sends RFC 8058's one field, without the page and its token: it is not sent
    elsewhere, and the address alone, which the letter holds, lets it stop everything.
    """
    by_program = request.form.get("List-Unsubscribe") == ONE_CLICK
    if not by_program:
        csrf.protect()
    person, now = _person_or_404(token), clock.now()
    if by_program or "all" in request.form:
        follows.stop_all(db.session(), person, now=now)
        said = _("You get no more letters.")
    elif "subject" in request.form:
        follows.stop(db.session(), person, request.form["subject"], now=now)
        said = _("You no longer follow this.")
    else:
        follows.choose(db.session(), person, request.form.get("letters", ""), now=now)
        said = _("Your choice is kept.")
    db.session.commit()
    if by_program:
        return said, 200, {**QUIET, "Content-Type": "text/plain; charset=utf-8"}
    flash(said, "success")
    return redirect(letters.stop_path(person), 303)


def _person_or_404(token: str) -> Subscriber:
    person = letters.of_token(token)
    if person is None:
        abort(404)
    return person
