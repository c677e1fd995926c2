"""Every refusal is a page with a sentence and a way out, and gives back what was typed."""

import logging
import secrets
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, jsonify, make_response, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError
from werkzeug.exceptions import HTTPException

from .access import look_again
from .domain.errors import RuleBroken
from .extensions import db
from .htmx import render
from .i18n import gettext, sentence
from .prose import readable

log = logging.getLogger(__name__)
CARRIED = ("key", "version", "next", "digest", "was")
NOT_TYPED = {"csrf_token", *CARRIED}
RETRY_AFTER = 5
AN_HOUR = 3_600
MEANWHILE = {
    "23503",
    "23505",
    "SQLITE_CONSTRAINT_FOREIGNKEY",
    "SQLITE_CONSTRAINT_PRIMARYKEY",
    "SQLITE_CONSTRAINT_UNIQUE",
}
KEPT_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate")


def typed() -> list[tuple[str, str]]:
    """Return the fields that the person filled in, so that no text is lost."""
    return [
        (name, readable(text)) for name, text in pairs() if text.strip() and name not in NOT_TYPED
    ]


def carried() -> list[tuple[str, str]]:
    """Return what the form knew of itself: sent again with it, the same text is not made twice."""
    return [(name, text) for name, text in pairs() if name in CARRIED]


def pairs() -> list[tuple[str, str]]:
    """Return the fields of the form sent, none when there is no form or it cannot be read."""
    if request.method != "POST" or request.mimetype not in (
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    ):
        return []
    try:
        return list(request.form.items(multi=True))
    except HTTPException:
        return []


def same_site() -> bool:
    """Whether the browser says the form was sent from this site."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")


def answer(status: int, message: str = "", **facts: Any) -> ResponseReturnValue:
    """Return the error page, its fragment, or problem details for the API."""
    if request.path.startswith("/api/"):
        return problem(status, message, **facts)
    page = render(
        "errors/error.html",
        "errors/_error.html",
        status=status,
        message=message,
        typed=typed() if same_site() else [],
        carried=carried(),
        action=request.path,
        **facts,
    )
    return page, status, {"Retry-After": str(RETRY_AFTER)} if status in (429, 503) else {}


def problem(status: int, message: str = "", **facts: Any) -> Response:
    """Return problem details as RFC 9457 writes them."""
    body = {"type": "about:blank", "status": status, "title": HTTPStatus(status).phrase}
    response = jsonify(body | ({"detail": message} if message else {}) | facts)
    response.status_code = status
    response.mimetype = "application/problem+json"
    if status in (429, 503):
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def on_rule(broken: RuleBroken) -> ResponseReturnValue:
    """A rule refused: its own status and sentence."""
    db.session.rollback()
    return answer(broken.status, sentence(broken), code=broken.code)


def on_http(error: HTTPException) -> ResponseReturnValue:
    """An error of the protocol: not found, forbidden, too large, too often."""
    db.session.rollback()
    if error.code is None or error.code < 400:
        return error.get_response()
    response = make_response(answer(error.code))
    for name, value in error.get_headers(request.environ):
        if name in KEPT_HEADERS:
            response.headers[name] = value
    return response


def on_csrf(_error: CSRFError) -> ResponseReturnValue:
    """The form's token is missing or old: 400, with the text and a fresh form."""
    message = gettext("This form was open for too long. Your text is kept: send it again.")
    return answer(400, message, resend=True)


def on_database(error: OperationalError) -> ResponseReturnValue:
    """The database is busy or down: 503, try again."""
    db.session.rollback()
    log.warning("database unavailable: %s", error.orig)
    return answer(503)


def on_conflict(error: IntegrityError) -> ResponseReturnValue:
    """What this request leaned on went meanwhile, or someone else made the same first: 409.

    Anything else that the database refuses is our fault.
    """
    return on_gone(error) if happened_meanwhile(error) else on_crash(error)


def on_gone(error: Exception) -> ResponseReturnValue:
    """A row that this request read went meanwhile: 409."""
    log.warning("changed meanwhile: %s", str(error).partition("\n")[0])
    look_again()
    return on_rule(RuleBroken("changed-meanwhile", 409))


def happened_meanwhile(error: IntegrityError) -> bool:
    """Tell whether a reference leads nowhere any more, or a key is there already."""
    said = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "sqlite_errorname", "")
    return said in MEANWHILE


def on_crash(error: Exception) -> ResponseReturnValue:
    """Anything else is our fault: 500 with a number to quote, and the trace in the log."""
    if current_app.testing or current_app.debug:
        raise error
    number = secrets.token_hex(4)
    log.exception("incident %s", number)
    db.session.rollback()
    return answer(500, incident=number)


def say_when(response: Response) -> Response:
    """Say when to try again, on every page that says too often."""
    if response.status_code == 429:
        response.headers.setdefault("Retry-After", str(AN_HOUR))
    return response


def install(app: Flask) -> None:
    """Bind the handlers."""
    app.after_request(say_when)
    app.register_error_handler(RuleBroken, on_rule)
    app.register_error_handler(CSRFError, on_csrf)
    app.register_error_handler(HTTPException, on_http)
    app.register_error_handler(OperationalError, on_database)
    app.register_error_handler(IntegrityError, on_conflict)
    app.register_error_handler(StaleDataError, on_gone)
    app.register_error_handler(ObjectDeletedError, on_gone)
    app.register_error_handler(Exception, on_crash)
