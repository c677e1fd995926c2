"""The site's own settings: its name, who publishes it, whom to call."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain import clean, moderation
from ..models import Setting
from . import inserting, journal

FIELDS: dict[str, Callable[..., str]] = {
    "site_name": partial(clean.line, limit=80, required="site-name-missing"),
    "publisher": partial(clean.line, limit=200),
    "publication_director": partial(clean.line, limit=200),
    "publisher_address": partial(clean.text, limit=1_000),
    "host_name": partial(clean.line, limit=200),
    "host_address": partial(clean.text, limit=1_000),
    "help_name": partial(clean.line, limit=200),
    "help_phone": partial(clean.line, limit=40),
    "help_email": clean.email,
    "moderation_hours": lambda raw: str(moderation.hours(raw)),
    "watched_words": partial(clean.text, limit=10_000),
}


def save(session: Session, *, values: Mapping[str, object], actor: str, now: datetime) -> None:
    """Write the settings given; those of other names are left as they are."""
    given = {name: read(values.get(name)) for name, read in FIELDS.items() if name in values}
    for name, value in given.items():
        if not inserting.once(session, Setting, {"key": name, "value": value}):
            setting = session.scalars(
                select(Setting).where(Setting.key == name).with_for_update()
            ).one()
            setting.value = value
    session.flush()
    journal.record(session, "site.settings-saved", "site", actor=actor, now=now, names=list(given))
