"""The forms of what a room does: a meeting, its minutes, a document, a commitment."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from wtforms import FileField
from wtforms.validators import Optional

from ...domain import agendas, clean, days, registers
from ...domain.kinds import N_
from ...i18n import day
from ...models import RoomEvent
from ...services import agendas as meetings
from .fields import Choice, ConsoleForm, Line, Radios, Text, Tick


def as_typed(raw: Any) -> Any:
    """Leave a value to the rule of its service, which reads it with others."""
    return raw


class MeetingForm(ConsoleForm):
    """A meeting: when, where, for what; how often it comes back, when it is planned."""

    PLACES = {
        "event-title-missing": "title",
        "event-hours-missing": "starts",
        "event-ends-first": "ends",
        "event-too-long": "ends",
        "event-past": "ends",
        "event-nowhere": "place",
        "date-unreadable": "starts",
        "hour-missing": "starts",
        "hour-twice": "starts",
        "link-unreadable": "link",
        "times-number": "times",
    }
    title = Line(
        N_("What is the meeting called?"),
        partial(clean.line, limit=200, required="event-title-missing"),
    )
    starts = Line(N_("It starts"), as_typed)
    ends = Line(N_("It ends"), as_typed)
    place = Line(N_("Place of the meeting"), partial(clean.line, limit=200), optional=True)
    link = Line(N_("Address to take part at a distance"), clean.link, optional=True)
    about = Text(N_("What will you talk about?"), clean.text, optional=True)
    takes_names = Tick(N_("People may say that they come, without an account"))
    repeats = Choice(N_("How often?"), offered=list(agendas.REPEATS.items()))
    times = Line(N_("How many meetings in all?"), as_typed, optional=True)

    def meeting(self, zone: str) -> meetings.Meeting:
        """Return what was typed, its hours in a zone."""
        return meetings.Meeting(
            title=self.title.clean,
            starts=self.starts.clean,
            ends=self.ends.clean,
            time_zone=zone,
            about=self.about.clean,
            place=self.place.clean,
            link=self.link.clean,
            takes_names=self.takes_names.clean,
            repeats=self.repeats.clean or agendas.ONCE,
            times=self.times.clean,
        )


class MinutesForm(ConsoleForm):
    """The minutes of a meeting, and how many people were there."""

    PLACES = {
        "document-title-missing": "title",
        "document-empty": "body",
        "attended-number": "attended",
    }
    title = Line(
        N_("Title of the minutes"),
        partial(clean.line, limit=200, required="document-title-missing"),
    )
    body = Text(N_("What was said and decided"), clean.text)
    link = Line(N_("Address of a longer document"), clean.link, optional=True)
    attended = Line(N_("How many people were there?"), as_typed, optional=True)


class PaperForm(ConsoleForm):
    """What one adds by hand, and the meeting that it comes from; a file may come with it."""

    PLACES = {"document-title-missing": "title", "document-empty": "body"}
    PLACES |= dict.fromkeys(("file-missing", "file-kind", "file-too-large"), "file")
    kind = Radios(
        N_("What is it?"),
        offered=[(kind, registers.KINDS[kind]) for kind in registers.BY_HAND],
    )
    title = Line(N_("Title"), partial(clean.line, limit=200, required="document-title-missing"))
    body = Text(N_("Text"), clean.text, optional=True)
    link = Line(N_("Address of the document"), clean.link, optional=True)
    file = FileField(N_("File"), [Optional()])
    event_id = Choice(N_("Which meeting does it come from?"))
    dated_on = Line(N_("Date"), days.read, optional=True)

    def offer(self, meetings: Iterable[RoomEvent]) -> None:
        """Offer the meetings of the room."""
        named = [(one.id, f"{one.title} ({day(one.starts_at, one.time_zone)})") for one in meetings]
        self.event_id.offer([("", N_("None")), *named])
        if self.event_id.raw_data is None and self.event_id.data not in dict(named):
            self.event_id.data = ""


class CommitmentForm(ConsoleForm):
    """Who does what, by when."""

    what = Line(
        N_("What is to be done?"),
        partial(clean.line, limit=300, required="commitment-what-missing"),
    )
    who = Line(
        N_("Who does it?"), partial(clean.line, limit=120, required="commitment-who-missing")
    )
    due_on = Line(
        N_("Before the end of"),
        days.read,
        optional=True,
        description=N_("Leave it empty for work that takes time: it is then never late."),
    )
