"""The site itself: its name, its publisher, whom to call; settings kept in the database."""

from collections.abc import Mapping

from flask import Flask, g
from sqlalchemy import select

from .extensions import db
from .models import Setting

ROWS = select(Setting.key, Setting.value)
DEFAULTS: Mapping[str, str] = {
    "site_name": "consult",
    "publisher": "",
    "publication_director": "",
    "publisher_address": "",
    "host_name": "",
    "host_address": "",
    "help_name": "",
    "help_phone": "",
    "help_email": "",
    "demo_data": "",
}


def settings() -> dict[str, str]:
    """Return the site's settings, read once a request."""
    if "site_settings" not in g:
        rows = db.session.connection().execute(ROWS)
        g.site_settings = {**DEFAULTS, **{row.key: row.value for row in rows}}
    return g.site_settings  # type: ignore[no-any-return]


def install(app: Flask) -> None:
    """Give the templates the site's settings."""
    app.jinja_env.globals["site"] = settings
