"""The dates of a consultation as a calendar reads them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app
from icalendar import Calendar, Event

from ...domain import phases
from ...i18n import gettext
from ...models import Consultation, OpenCall, RoomEvent
from . import entries


def calendar(consultation: Consultation) -> Calendar:
    """Return the calendar of a consultation: one event a date."""
    made = _empty()
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


def of_call(call: OpenCall) -> Calendar:
    """Return the calendar of a call: when it opens, when it closes."""
    made, title = _empty(), call.title
    for name, at, words in (
        ("open", call.opens_at, gettext("Opens: %(title)s", title=title)),
        ("close", call.closes_at, gettext("Closes: %(title)s", title=title)),
    ):
        if at is not None:
            made.add_component(_call_date(call, name, at, words))
    return made


def _call_date(call: OpenCall, name: str, at: datetime, words: str) -> Event:
    made = Event()
    made.add("uid", entries.tag("open-call", call.id, name))
    made.add("dtstamp", call.created_at)
    made.add("sequence", call.version)
    made.add("dtstart", at)
    made.add("summary", words)
    made.add("url", f"{current_app.config['BASE_URL']}/open-calls/{call.slug}")
    made.add("status", "CANCELLED" if call.cancelled_at else "CONFIRMED")
    made.add("transp", "TRANSPARENT")
    return made


def of_room(room: Any, meetings: Iterable[RoomEvent]) -> Calendar:
    """Return the meetings of a room, each at the hour of its own time zone."""
    made = _empty()
    for meeting in meetings:
        made.add_component(_meeting(room, meeting))
    made.add_missing_timezones()
    return made


def _meeting(room: Any, meeting: RoomEvent) -> Event:
    made, zone = Event(), ZoneInfo(meeting.time_zone)
    made.add("uid", entries.tag("event", meeting.id))
    made.add("dtstamp", meeting.created_at)
    made.add("sequence", meeting.version)
    made.add("dtstart", meeting.starts_at.astimezone(zone))
    made.add("dtend", meeting.ends_at.astimezone(zone))
    made.add("summary", f"{meeting.title} – {room.name}")
    if meeting.place or meeting.link:
        made.add("location", meeting.place or meeting.link)
    if meeting.about:
        made.add("description", meeting.about)
    base = current_app.config["BASE_URL"]
    made.add("url", f"{base}/rooms/{room.slug}/events/{meeting.id}")
    made.add("status", "CANCELLED" if meeting.cancelled_at else "CONFIRMED")
    return made


def _empty() -> Calendar:
    made = Calendar()
    made.add("prodid", "-//consult//consult//FR")
    made.add("version", "2.0")
    return made
