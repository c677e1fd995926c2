"""The dates of a consultation as a calendar reads them."""

from datetime import datetime

from flask import current_app
from icalendar import Calendar, Event

from ...domain import phases
from ...i18n import gettext
from ...models import Consultation
from . import entries


def calendar(consultation: Consultation) -> Calendar:
    """Return the calendar of a consultation: one event a date."""
    made = Calendar()
    made.add("prodid", "-//consult//consult//FR")
    made.add("version", "2.0")
    title = consultation.title
    close = phases.ends_at(consultation.closes_at, consultation.closed_early_at)
    for name, at, words in (
        ("open", consultation.opens_at, gettext("Opens: %(title)s", title=title)),
        ("close", close, gettext("Closes: %(title)s", title=title)),
        ("synthesis", consultation.synthesis_at, gettext("Summary report: %(title)s", title=title)),
        ("outcome", consultation.outcome_at, gettext("Outcomes: %(title)s", title=title)),
    ):
        if at is not None:
            made.add_component(event(consultation, name, at, words))
    return made


def event(consultation: Consultation, name: str, at: datetime, words: str) -> Event:
    """Return one date, with an identifier that stays the same when the date moves."""
    made = Event()
    made.add("uid", entries.tag("consultation", consultation.id, name))
    made.add("dtstamp", consultation.created_at)
    made.add("dtstart", at)
    made.add("summary", words)
    made.add("url", f"{current_app.config['BASE_URL']}/consultations/{consultation.slug}")
    made.add("transp", "TRANSPARENT")
    return made
