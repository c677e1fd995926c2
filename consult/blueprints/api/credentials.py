"""Who calls: a personal token, else the session or the device of a browser on this site."""

from flask import Response, abort, g, request

from ... import access, clock, errors
from ...extensions import db
from ...i18n import gettext
from ...reading import reads_only
from ...security import is_here
from ...services import tokens

PREFIX = "/api/v"
SCHEME = "bearer"


def identify() -> Response | None:
    """Bind the account of the token, before any rule is applied; 401 when it is not good."""
    if not request.path.startswith(PREFIX):
        return None
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == SCHEME:
        return _of_token(secret.strip())
    if not reads_only() and access.viewer().account is not None and not _from_here():
        abort(403)
    return None


def _of_token(secret: str) -> Response | None:
    account = tokens.of_token(db.session(), secret, now=clock.now())
    db.session.commit()
    if account is None:
        response = errors.problem(
            401, gettext("This token is unknown, or was revoked. Make another one.")
        )
        response.headers["WWW-Authenticate"] = 'Bearer error="invalid_token"'
        return response
    if account.active:
        g.viewer = access.Viewer(account)
    else:
        g.viewer = access.Viewer()
        g.shut_out = True
    return None


def _from_here() -> bool:
    """Whether the browser itself says that a page of this site sent the request."""
    if (site := request.headers.get("Sec-Fetch-Site")) is not None:
        return site == "same-origin"
    return is_here(request.headers.get("Origin", ""))
