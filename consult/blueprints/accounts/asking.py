"""What a browser is asked to sign with a passkey, kept in its own session until it answers."""

import secrets
from datetime import datetime
from urllib.parse import urlsplit

from flask import current_app, request, session

from ... import clock
from ...domain.errors import RuleBroken
from ...services.passkeys import Asked

KEY = "passkey"


def make() -> Asked:
    """Make a challenge for this browser; an earlier one is forgotten."""
    challenge, since = secrets.token_urlsafe(32), clock.now()
    session[KEY] = (challenge, since.isoformat())
    return Asked(challenge, since, *_place())


def taken() -> Asked:
    """Return the challenge of this browser, which forgets it, or raise passkey-late (409)."""
    challenge, since = session.pop(KEY, ("", ""))
    if not challenge:
        raise RuleBroken("passkey-late", 409)
    return Asked(challenge, datetime.fromisoformat(since), *_place())


def _place() -> tuple[str, str]:
    """Return the origin and the name of the site, as the browser that is asked knows them.

    The host is one that the settings trust; in production it is that of the base URL alone.
    """
    base = str(current_app.config["BASE_URL"])
    origin = base if urlsplit(base).netloc == request.host else f"{request.scheme}://{request.host}"
    return origin, urlsplit(origin).hostname or ""
