"""The site itself: its name, its publisher, whom to call; settings kept in the database.

Every page shows them: a process reads them again after two seconds, or once it has changed them.
"""

from collections.abc import Mapping
from time import monotonic

from flask import Flask, current_app, g
from sqlalchemy import select

from .domain.kinds import N_
from .extensions import db
from .i18n import PARIS
from .models import Setting
from .speech import Speech

LICENCE = N_(
    "Open Licence 2.0 (Etalab). You may use the data freely. Say where it comes from and its date."
)
ROWS = select(Setting.key, Setting.value)
KEPT = "site_settings"
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
    "moderation_hours": "48",
    "watched_words": "",
    "demo_data": "",
}


def settings() -> dict[str, str]:
    """Return the site's settings, the same from the start to the end of a request."""
    if "site_settings" not in g:
        known, until = current_app.extensions.get(KEPT, ({}, 0.0))
        if monotonic() >= until:
            known = read()
            seconds = current_app.config["SETTINGS_KEPT_SECONDS"]
            current_app.extensions[KEPT] = known, monotonic() + seconds
        g.site_settings = known
    return g.site_settings  # type: ignore[no-any-return]


def read() -> dict[str, str]:
    """Return the site's settings as they are stored now."""
    rows = db.session.connection().execute(ROWS)
    return {**DEFAULTS, **{row.key: row.value for row in rows}}


def data_licence(locale: str = "fr") -> str:
    """Return how the open data may be used, as its page says and, in French, every file of it."""
    return settings().get("data_licence") or Speech(locale, PARIS).gettext(LICENCE)


def forget() -> None:
    """Read the settings again when they are next needed: they were changed."""
    current_app.extensions.pop(KEPT, None)
    g.pop("site_settings", None)


def install(app: Flask) -> None:
    """Give the templates the site's settings."""
    app.jinja_env.globals["site"] = settings
