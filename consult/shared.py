"""A shared computer: whoever comes next finds nothing of whoever was there before.

A cookie says that the computer is one; it holds no secret. When nobody has asked for a page for ten
minutes, who the browser was is refused and forgotten: the next person starts afresh, whether their
browser runs scripts or not.
"""

from datetime import datetime, timedelta

from flask import Flask, current_app, flash, g, redirect, request, session
from werkzeug.wrappers import Response

from . import access, clock, security
from .extensions import db
from .i18n import gettext

LEFT_AFTER = timedelta(minutes=10)
RESET_SECONDS, WARNING_SECONDS = 300, 60
LEAVING = "accounts.done"
CLEARED = '"cache", "storage"'


def is_on() -> bool:
    """Whether this computer was said to be shared."""
    return request.cookies.get(current_app.config["SHARED_COOKIE_NAME"]) == "1"


def switch(response: Response, *, on: bool) -> None:
    """Say to the browser that its computer is shared, or no longer."""
    if on:
        security.keep(response, "SHARED_COOKIE_NAME", "1")
    else:
        security.drop(response, "SHARED_COOKIE_NAME")


def end() -> None:
    """End all that is of one person here: their session, what it held, and the device's number."""
    security.sign_out()
    db.session.commit()
    g.forgets_device = True
    g.pop("reader", None)


def start_afresh() -> Response | None:
    """Forget whoever was here when nobody has asked for a page for ten minutes.

    A form that is sent then is given back by the check of its token; leaving is done already.
    """
    if not is_on() or request.endpoint in (None, "static"):
        return None
    is_left = _is_left(clock.now())
    if is_left:
        end()
    if is_left and request.method == "GET":
        flash(gettext("Nobody was here for 10 minutes. This computer starts afresh."), "info")
    return leave() if is_left and request.endpoint == LEAVING else None


def leave(target: str = "/") -> Response:
    """Go to another page, the first one as a rule; the browser keeps none of the others."""
    response = redirect(target, 303)
    response.headers["Clear-Site-Data"] = CLEARED
    return response


def _is_left(now: datetime) -> bool:
    """Tell whether someone was here, too long ago or before the browser was closed."""
    if (seen := session.get("seen")) is None:
        return bool(access.device()) or "sid" in session
    return now - datetime.fromisoformat(seen) > LEFT_AFTER


def autofill(kind: str) -> str:
    """Return what a field may be filled with by the browser: nothing, on a shared computer."""
    return "off" if is_on() else kind


def note(response: Response) -> Response:
    """Note that someone is there; no page of a shared computer is kept: going back shows none."""
    if is_on() and request.endpoint not in (None, "static"):
        session["seen"] = clock.now().isoformat()
    if is_on() and response.mimetype == "text/html":
        response.headers["Cache-Control"] = "private, no-store"
    return response


def install(app: Flask) -> None:
    """Bind what a shared computer needs, before anything looks at who is there."""
    app.before_request(start_afresh)
    app.after_request(note)
    app.jinja_env.globals.update(
        autofill=autofill,
        is_shared=is_on,
        shared_seconds=(RESET_SECONDS, WARNING_SECONDS),
    )
