"""Headers, the origin check, session rows and the device's number."""

import base64
import hashlib
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Request, abort, current_app, g, request, session, url_for
from flask_login import login_user, logout_user
from flask_security import SQLAlchemyUserDatastore
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from . import clock
from .extensions import db, security
from .models import Account, Role
from .reading import reads_only
from .services import accounts

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; manifest-src 'self'"
)
COOKIE_DAYS = 395
# What one was about to do when signing in: everything else of the session is forgotten.
KEPT_AT_SIGN_IN = ("next", "vouched", "through_provider")


def check_address() -> None:
    """Find nothing at an address that holds what no database keeps.

    The API refuses it itself, in the words it has for what is missing.
    """
    if request.path.startswith("/api/"):
        return
    parts = (request.view_args or {}).values()
    if any(isinstance(part, str) and not part.isprintable() for part in parts):
        abort(404)


def check_origin() -> None:
    """Refuse a write that another site sends, whatever token it holds."""
    if reads_only():
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in ("same-origin", "none"):
            abort(403)
        return
    origin = request.headers.get("Origin")
    if origin is not None and not is_here(origin):
        abort(403)


def is_here(origin: str) -> bool:
    """Tell whether an origin, as a browser writes it or as anyone else does, is this site."""
    return origin.partition("://")[2] == request.host


def headers(response: Response) -> Response:
    """Add the security headers; what is read with a session is never kept by others."""
    response.headers.setdefault("Content-Security-Policy", CSP)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("X-Frame-Options", "DENY")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    response.headers.setdefault(
        "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
    )
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static" and "Cache-Control" not in response.headers:
        signed_in = "_user_id" in session
        response.headers["Cache-Control"] = (
            "private, no-store" if signed_in else "private, no-cache"
        )
    return response


def remember_device(response: Response) -> Response:
    """Give the browser its random number the first time it takes part, or take it away.

    On a shared computer it is gone when the browser is closed.
    """
    is_shared = current_app.config["SHARED_COOKIE_NAME"] in request.cookies
    if token := g.pop("new_device", None):
        keep(response, "DEVICE_COOKIE_NAME", token, days=None if is_shared else COOKIE_DAYS)
    elif g.get("forgets_device"):
        drop(response, "DEVICE_COOKIE_NAME")
    return response


def drop(response: Response, setting: str) -> None:
    """Take away the cookie that this setting names."""
    keep(response, setting, "", days=0)


def keep(response: Response, setting: str, value: str, *, days: int | None = COOKIE_DAYS) -> None:
    """Leave a value in the browser, in the cookie that this setting names: for a year, or less."""
    response.set_cookie(
        current_app.config[setting],
        value,
        max_age=None if days is None else days * 86400,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )


def sign_in(account: Account) -> None:
    """Open a session for the account, with a row that can be revoked and a fresh token."""
    kept = {name: session[name] for name in KEPT_AT_SIGN_IN if name in session}
    session.clear()
    session.update(kept)
    number = accounts.open_session(
        db.session(),
        account=account,
        address=request.remote_addr or "",
        user_agent=request.user_agent.string,
        now=clock.now(),
    )
    login_user(account)
    session["sid"] = number
    g.pop("viewer", None)


def hold_off(account: Account) -> None:
    """Note that whoever is here owns an account whose access is closed: no session opens."""
    session.clear()
    session["closed"] = (account.id, clock.now().isoformat())
    g.pop("viewer", None)


def sign_out() -> None:
    """Close the session on the server and forget it in the browser."""
    if number := session.get("sid"):
        accounts.close_session(db.session(), number, now=clock.now())
    logout_user()
    session.clear()
    g.pop("viewer", None)


def load_account(uniquifier: str) -> Account | None:
    """Return the account of a session that is still open on the server.

    Whoever was shut out reads as a visitor does, and is remembered so that they cannot write.
    """
    number, now = session.get("sid", ""), clock.now()
    found = accounts.of_session(db.session(), number, uniquifier, now=now)
    if found is None:
        return None
    account, last_seen = found
    if not account.active:
        g.shut_out = True
        return None
    if reads_only():
        note_session(number, last_seen, now)
    return account


def note_session(number: str, last_seen: datetime, now: datetime) -> None:
    """Note that a session is in use, while a page is read: nothing else is being written then."""
    try:
        if accounts.see_again(db.session(), number, last_seen, now=now):
            db.session.commit()
    except OperationalError:  # the database is busy: the next page will say it
        db.session.rollback()


def no_other_way_in(_request: Request) -> None:
    """Find nobody: the extension's own tokens are off, and it would parse any body for them."""


def safe_path(target: str | None) -> str:
    """Return `target` when it is a plain path of this site, else the home page."""
    if not target or not target.startswith("/") or target[1:2] in ("/", "\\"):
        return "/"
    if any(ord(character) < 33 or character == "\\" for character in target):
        return "/"
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else "/"


@lru_cache(maxsize=64)
def _digest(file: Path, _changed: float) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(file.read_bytes()).digest())[:10].decode()


def static(name: str) -> str:
    """Return the address of a static file, with its digest so that it can be kept for ever."""
    file = Path(current_app.static_folder or "") / name
    return f"/static/{name}?v={_digest(file, file.stat().st_mtime)}"


def install(app: Flask) -> None:
    """Bind accounts, sessions, headers and the origin check to the application."""
    datastore = SQLAlchemyUserDatastore(db, Account, Role)
    security.init_app(app, datastore, register_blueprint=False)
    app.login_manager.user_loader(load_account)  # type: ignore[attr-defined]
    app.login_manager.session_protection = None  # type: ignore[attr-defined]
    app.login_manager.request_loader(no_other_way_in)  # type: ignore[attr-defined]
    app.before_request(check_address)
    app.before_request(check_origin)
    app.after_request(headers)
    app.after_request(remember_device)
    app.jinja_env.globals["static"] = static
    app.jinja_env.globals["path_for"] = url_for
