"""The life of the rooms of the demonstration: who sits there, when they meet, what they keep."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ... import demo
from ...domain import room_templates, slugs
from ...models import Account, Room, RoomEvent, RoomMember, Seat
from ...queries import seats as queries
from .. import agendas, registers, room_files, room_setup, rooms, seats
from ..stored_files import Upload
from .people import People

BY = {"actor": "system"}
PAPERS = {"decisions": "decision", "resources": "resource", "charters": "charter"}


class Life:
    """Furnishes one room after another."""

    def __init__(self, session: Session, people: People, purposes: Mapping[str, str]) -> None:
        self.session = session
        self.purposes = purposes
        self.people = people
        self.by: dict[str, Any] = {**BY, "now": people.now}

    def furnish(self, room: Room, said: Mapping[str, Any]) -> None:
        """Write all that is told of a room."""
        zone = ZoneInfo(self.session.scalars(queries.zone_of(room.id)).one())
        today = self.people.now.astimezone(zone).date()
        template = room_templates.TEMPLATES[said["template"]]
        room.purpose = said.get("purpose") or self.purposes[said["template"]]
        room_setup.want(self.session, room.id, template.COLLEGES, **self.by)
        for name, college in said.get("members", ()):
            self._join(room, name, college)
        self._seats(room, said, today)
        self._meetings(room, said, today, zone)
        self._papers(room, said, today)
        if "asleep_for" in said:
            self._put_to_sleep(room, said["asleep_for"])

    def _join(self, room: Room, name: str, college: str) -> None:
        key = slugs.of(name)
        self.people.open_accounts([{"key": key, "name": name}])
        account = self.session.get_one(Account, self.people.accounts[key])
        rooms.add_member(self.session, room, account, "member", **self.by, college=college)

    def _seats(self, room: Room, said: Mapping[str, Any], today: date) -> None:
        for title, kind, who, by, begins, ends, deputy in said.get("seats", ()):
            seat = seats.open_seat(self.session, room.id, kind=kind, title=title, **self.by)
            until = _day(today, ends)
            given = self._given(who, by, today + timedelta(days=begins), until, deputy)
            seats.appoint(self.session, seat, given, **self.by)
        for title, kind in said.get("empty_seats", ()):
            seats.open_seat(self.session, room.id, kind=kind, title=title, **self.by)
        if "successor" in said:
            title, who, by, begins = said["successor"]
            query = select(Seat).where(Seat.room_id == room.id, Seat.title == title)
            given = self._given(who, by, today + timedelta(days=begins), None, "")
            seats.appoint(self.session, self.session.scalars(query).one(), given, **self.by)

    def _given(
        self, who: str, by: str, begins: date, ends: date | None, deputy: str
    ) -> seats.Appointment:
        account_id = self.people.accounts[who if who in self.people.accounts else slugs.of(who)]
        return seats.Appointment(
            begins, ends, account_id, appointed_by=by, deputy=deputy, stays=True
        )

    def _meetings(self, room: Room, said: Mapping[str, Any], today: date, zone: ZoneInfo) -> None:
        if "event" in said:
            repeats, times = said.get("series", ("once", 1))
            meeting = _meeting(said["event"], today, zone, repeats=repeats, times=times)
            agendas.plan(self.session, room.id, meeting, **self.by)
        if "past" in said:
            meeting = _meeting(said["past"], today, zone)
            # It was planned a week before it took place.
            then: dict[str, Any] = {
                **BY,
                "now": self.people.now + timedelta(days=said["past"][1] - 7),
            }
            event = agendas.plan(self.session, room.id, meeting, **then)[0]
            values = {"title": f"Compte rendu : {event.title}", "body": said["minutes"]}
            values["attended"] = str(said["past"][-1])
            agendas.write_minutes(self.session, event, values, version="", **self.by)

    def _papers(self, room: Room, said: Mapping[str, Any], today: date) -> None:
        for name, kind in PAPERS.items():
            for title, body, days in said.get(name, ()):
                values = {"kind": kind, "title": title, "body": body}
                day = today + timedelta(days=days)
                registers.add(self.session, room.id, values, dated_on=day, **self.by)
        if "handout" in said:
            self._hand_out(room, *said["handout"])
        for what, who, due, kept in said.get("commitments", ()):
            values = {"what": what, "who": who}
            made = registers.commit_to(
                self.session, room.id, values, due_on=_day(today, due), **self.by
            )
            made.kept_on = _day(today, kept)
        for name, institution, theme in said.get("officials", ()):
            values = {"name": name, "institution": institution, "theme": theme}
            room_setup.name_official(
                self.session, room.id, values=values, dates=(None, None), **self.by
            )

    def _hand_out(self, room: Room, title: str, name: str, text: str) -> None:
        """Keep a file beside the meeting where it was handed out."""
        of_room = select(RoomEvent).where(RoomEvent.room_id == room.id)
        event = self.session.scalars(of_room.order_by(RoomEvent.starts_at).limit(1)).one()
        values = {"kind": "resource", "title": title, "event_id": event.id, "has_file": True}
        day = event.starts_at.date()
        paper = registers.add(self.session, room.id, values, dated_on=day, **self.by)
        by = self.session.get_one(Account, self.people.accounts["animatrice"])
        upload, now = Upload(name, text.encode(), title), self.people.now
        joined = room_files.add(self.session, paper, upload, by=by, now=now)
        self.people.keep(joined.id, upload.content)

    def _put_to_sleep(self, room: Room, days: int) -> None:
        at = self.people.now - timedelta(days=days)
        self.session.flush()
        quiet = update(Room).where(Room.id == room.id).values(active_at=at, created_at=at)
        self.session.execute(quiet.execution_options(synchronize_session=False))
        self.session.execute(
            update(RoomMember).where(RoomMember.room_id == room.id).values(created_at=at)
        )


def write(session: Session, people: People, made: Mapping[str, Room]) -> None:
    """Write the life of the rooms."""
    told = demo.read("room_life")
    life = Life(session, people, told.pop("purposes"))
    for key, said in told.items():
        life.furnish(made[key], said)


def _meeting(said: Sequence[Any], today: date, zone: ZoneInfo, **more: Any) -> agendas.Meeting:
    title, days, hour, lasts, place, last = said[:6]
    starts = datetime.combine(today + timedelta(days=days), datetime.min.time())
    starts += timedelta(hours=hour)
    ends = starts + timedelta(hours=lasts)
    link = last if isinstance(last, str) else ""
    place = place if place or link else "À distance"
    written = "%Y-%m-%dT%H:%M"
    return agendas.Meeting(
        title, starts.strftime(written), ends.strftime(written), zone.key,
        place=place, link=link, takes_names=True, **more,
    )  # fmt: skip


def _day(today: date, days: int | str) -> date | None:
    return today + timedelta(days=days) if isinstance(days, int) else None
