"""The meetings of a room: planned, moved, cancelled; who comes; what was said there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dateutil import rrule
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ..domain import agendas as rules
from ..domain import clean, days, local_times, registers
from ..domain.errors import RuleBroken
from ..models import EventRegistration, RoomDocument, RoomEvent, new_id
from ..queries import registers as kept
from . import holding, inserting, rooms
from . import registers as papers

MOST_COMING = 500
MOST_ATTENDED = 100_000
FREQUENCIES: Mapping[str, Mapping[str, int]] = {
    rules.WEEKLY: {"freq": rrule.WEEKLY},
    rules.FORTNIGHTLY: {"freq": rrule.WEEKLY, "interval": 2},
    rules.MONTHLY: {"freq": rrule.MONTHLY},
    rules.QUARTERLY: {"freq": rrule.MONTHLY, "interval": 3},
}


@dataclass(frozen=True)
class Meeting:
    """What is said of a meeting; its hours are typed in its time zone."""

    title: object
    starts: object
    ends: object
    time_zone: str
    about: object = ""
    place: object = ""
    link: object = ""
    takes_names: bool = False
    repeats: object = rules.ONCE
    times: object = 1

    def read(self) -> dict[str, Any]:
        """Return the columns as they are stored, or raise what is wrong with them."""
        starts_at, ends_at = rules.check(
            local_times.read(self.starts, self.time_zone),
            local_times.read(self.ends, self.time_zone),
        )
        values = {
            "title": clean.line(self.title, 200, required="event-title-missing"),
            "about": clean.text(self.about),
            "starts_at": starts_at,
            "ends_at": ends_at,
            "time_zone": self.time_zone,
            "place": clean.line(self.place, 200),
            "link": clean.link(self.link),
            "takes_names": self.takes_names,
        }
        if not values["place"] and not values["link"]:
            raise RuleBroken("event-nowhere")
        return values


def plan(
    session: Session, room_id: str, meeting: Meeting, *, actor: str, now: datetime
) -> list[RoomEvent]:
    """Plan a meeting, or as many as `times` that come back at the same hour of their place.

    Raises event-title-missing, event-hours-missing, event-ends-first, event-too-long,
    event-nowhere, event-past, repeat-unknown, times-number, and what hours and links raise.
    """
    values, how = meeting.read(), rules.repeats(meeting.repeats)
    number = 1 if how == rules.ONCE else rules.times(meeting.times)
    if values["ends_at"] <= now:
        raise RuleBroken("event-past")
    series = new_id() if number > 1 else None
    lasts = values["ends_at"] - values["starts_at"]
    made = [
        RoomEvent(
            id=new_id(), room_id=room_id, series_id=series, created_at=now,
            **{**values, "starts_at": at, "ends_at": at + lasts},
        )
        for at in starts(values["starts_at"], meeting.time_zone, how, number)
    ]  # fmt: skip
    session.add_all(made)
    session.flush()
    facts = {"event": made[0].id, "number": number}
    rooms.note(session, "event.planned", room_id, actor=actor, now=now, **facts)
    return made


def starts(first: datetime, zone: str, how: str, number: int) -> list[datetime]:
    """Return when each meeting of a series starts: the same hour by the clocks of its zone."""
    if how == rules.ONCE:
        return [first]
    place = ZoneInfo(zone)
    local = first.astimezone(place).replace(tzinfo=None)
    options: dict[str, Any] = {**FREQUENCIES[how], "dtstart": local, "count": number}
    if how in (rules.MONTHLY, rules.QUARTERLY):
        weekday = rrule.weekday(local.weekday())
        options["byweekday"] = weekday(rules.place_in_month(local.day))
    return [at.replace(tzinfo=place).astimezone(first.tzinfo) for at in rrule.rrule(**options)]


def edit(
    session: Session,
    event: RoomEvent,
    meeting: Meeting,
    *,
    version: object,
    actor: str,
    now: datetime,
) -> None:
    """Change a meeting, that alone of its series; stale (409) when someone else did meanwhile."""
    values = meeting.read()
    hold(session, event)
    if version != str(event.version):
        raise RuleBroken("stale", 409)
    if event.series_id and values["starts_at"] != event.starts_at:
        values["series_id"] = None
    for name, value in values.items():
        setattr(event, name, value)
    event.version += 1
    session.flush()
    rooms.note(session, "event.changed", event.room_id, actor=actor, now=now, event=event.id)


def cancel(session: Session, event: RoomEvent, *, actor: str, now: datetime) -> None:
    """Cancel a meeting that is not over; its page stays and says so; event-over (409)."""
    hold(session, event)
    if event.cancelled_at is not None or event.ends_at <= now:
        raise RuleBroken("event-over", 409)
    event.cancelled_at = now
    rooms.note(session, "event.cancelled", event.room_id, actor=actor, now=now, event=event.id)


def come(
    session: Session, event: RoomEvent, participant_id: str, name: object, *, now: datetime
) -> None:
    """Say that one comes to a meeting, once; no account is needed.

    Raises coming-closed (409), coming-name-missing, coming-already and coming-full (409).
    """
    read = clean.line(name, 120, required="coming-name-missing")
    hold(session, event)
    if not event.takes_names or event.cancelled_at is not None or event.ends_at <= now:
        raise RuleBroken("coming-closed", 409)
    known = select(func.count()).select_from(EventRegistration)
    held = session.scalar(known.where(EventRegistration.event_id == event.id)) or 0
    if held >= MOST_COMING:
        raise RuleBroken("coming-full", 409)
    values = {"event_id": event.id, "participant_id": participant_id, "name": read}
    if not inserting.once(session, EventRegistration, {**values, "created_at": now}):
        raise RuleBroken("coming-already", 409)


def stay_away(session: Session, event: RoomEvent, participant_id: str) -> None:
    """Take back that one comes to a meeting; coming-unknown (409)."""
    gone: Any = session.execute(
        delete(EventRegistration).where(
            EventRegistration.event_id == event.id,
            EventRegistration.participant_id == participant_id,
        )
    )
    if gone.rowcount != 1:
        raise RuleBroken("coming-unknown", 409)


def write_minutes(
    session: Session,
    event: RoomEvent,
    values: Mapping[str, object],
    *,
    version: object,
    actor: str,
    now: datetime,
) -> RoomDocument:
    """Write the minutes of a meeting, a document of its room, and how many people were there.

    Raises event-not-begun (409), attended-number, and stale (409) when someone else wrote them.
    """
    attended = _attended(values.get("attended"))
    hold(session, event)
    if event.cancelled_at is not None or event.starts_at > now:
        raise RuleBroken("event-not-begun", 409)
    event.attended = attended
    if attended is None or attended < (event.attended_remote or 0):
        event.attended_remote = None
    found = session.scalar(kept.minutes(event.id).execution_options(populate_existing=True))
    given = {**values, "kind": registers.MINUTES, "event_id": event.id}
    if version != (str(found.version) if found else ""):
        raise RuleBroken("stale", 409)
    if found is None:
        day = days.today(event.starts_at, event.time_zone)
        return papers.keep(session, event.room_id, given, dated_on=day, actor=actor, now=now)
    papers.rewrite(session, found, given, actor=actor, now=now)
    return found


def _attended(raw: object) -> int | None:
    text = str(raw or "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= 6 and int(text) <= MOST_ATTENDED):
        raise RuleBroken("attended-number")
    return int(text)


def hold(session: Session, event: RoomEvent) -> None:
    """Wait until nobody else changes this meeting; until the commit, nobody else does."""
    holding.row(session, event)
