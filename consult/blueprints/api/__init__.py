"""The programming interface: JSON under /api/v1, described by its own OpenAPI document."""

from flask import Flask

from ...extensions import csrf
from . import (
    calls,
    credentials,
    document,
    frames,
    matters,
    moderation,
    own_tokens,
    page,
    polls,
    projects,
    promises,
    reading,
    rooms,
    splits,
    syntheses,
    writing,
)
from .bp import bp

__all__ = [
    "bp",
    "calls",
    "frames",
    "matters",
    "moderation",
    "own_tokens",
    "polls",
    "projects",
    "promises",
    "reading",
    "register",
    "rooms",
    "splits",
    "syntheses",
    "writing",
]


def register(app: Flask) -> None:
    """Bind the interface, its document and the page that explains it.

    A form's token is not asked for: only JSON is read, which no form of another site can send,
    and the origin of each write is checked.
    """
    csrf.exempt(bp)
    app.before_request(credentials.identify)
    api = document.Api(app, spec_kwargs=document.options(app))
    document.complete(api)
    api.register_blueprint(bp)
    app.register_blueprint(page.bp)
