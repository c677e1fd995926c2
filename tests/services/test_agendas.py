"""Meetings are planned, changed, cancelled; people come; minutes are written."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.domain.errors import RuleBroken
from consult.models import EventRegistration, RoomDocument, RoomEvent
from consult.services import agendas

MEETING = agendas.Meeting(
    "Réunion", "2026-12-01T18:00", "2026-12-01T20:00", "Europe/Paris", place="Nancy",
    takes_names=True,
)  # fmt: skip


def refused(code, act, *facts, **named):
    with pytest.raises(RuleBroken) as broken:
        act(*facts, **named)
    assert broken.value.code == code
    return broken.value.status


@pytest.fixture
def room(make):
    return make.room("local", "D-54")


@pytest.fixture
def plans(session, room, now):
    def one(**changed):
        meeting = replace(MEETING, **changed)
        made = agendas.plan(session, room.id, meeting, actor="account:x", now=now)
        session.commit()
        return made

    return one


def test_a_meeting_is_at_the_hour_of_its_place(plans, session, room, now):
    (paris,) = plans()
    (noumea,) = plans(time_zone="Pacific/Noumea")
    assert paris.starts_at == datetime(2026, 12, 1, 17, 0, tzinfo=UTC)
    assert noumea.starts_at == datetime(2026, 12, 1, 7, 0, tzinfo=UTC)
    session.refresh(room)
    assert room.active_at == now


def test_a_series_keeps_its_hour_when_the_clocks_change(plans):
    made = plans(repeats="monthly", times="6", starts="2027-01-12T18:00", ends="2027-01-12T19:30")
    local = [one.starts_at.astimezone(ZoneInfo("Europe/Paris")) for one in made]
    assert {(one.hour, one.weekday()) for one in local} == {(18, 1)}
    assert [one.day for one in local] == [12, 9, 9, 13, 11, 8]
    assert {one.series_id for one in made} == {made[0].series_id}
    assert made[0].series_id
    assert all(one.ends_at - one.starts_at == timedelta(minutes=90) for one in made)


@pytest.mark.parametrize(
    ("how", "days"),
    [
        ("weekly", [31, 7, 14]),
        ("fortnightly", [31, 14, 28]),
        ("monthly", [31, 28, 25]),
        ("quarterly", [31, 25, 24]),
        ("once", [31]),
    ],
)
def test_meetings_come_back_as_the_list_says(plans, how, days):
    """On the last Thursday of December: those of January, February, and so on."""
    made = plans(repeats=how, times="3", starts="2026-12-31T10:00", ends="2026-12-31T11:00")
    assert [one.starts_at.day for one in made] == days


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"title": " "}, "event-title-missing"),
        ({"starts": ""}, "event-hours-missing"),
        ({"starts": "demain"}, "date-unreadable"),
        ({"ends": "2026-12-01T17:00"}, "event-ends-first"),
        ({"ends": "2027-12-01T17:00"}, "event-too-long"),
        ({"starts": "2026-11-22T10:00", "ends": "2026-11-22T11:00"}, "event-past"),
        ({"place": ""}, "event-nowhere"),
        ({"link": "javascript:x"}, "link-unreadable"),
        ({"repeats": "daily"}, "repeat-unknown"),
        ({"repeats": "weekly", "times": "99"}, "times-number"),
        ({"time_zone": "Mars/Base"}, "zone-unknown"),
        ({"starts": "2027-03-28T02:30", "ends": "2027-03-28T05:00"}, "hour-missing"),
    ],
)
def test_what_cannot_be_a_meeting(plans, session, changed, code):
    assert refused(code, plans, **changed) == 422
    session.rollback()
    assert session.scalar(select(RoomEvent.id)) is None


def test_one_meeting_of_a_series_is_changed_alone(plans, session, now):
    first, second = plans(repeats="weekly", times="2")
    meeting = replace(MEETING, title="Autre", starts="2026-12-02T18:00", ends="2026-12-02T19:00")
    by = {"actor": "account:x", "now": now}
    agendas.edit(session, first, meeting, version="1", **by)
    session.commit()
    assert (first.title, first.version, first.series_id) == ("Autre", 2, None)
    assert (second.title, second.version) == ("Réunion", 1)
    assert refused("stale", agendas.edit, session, first, meeting, version="1", **by) == 409
    session.rollback()
    agendas.edit(session, second, replace(MEETING, starts="2026-12-08T18:00",
                 ends="2026-12-08T21:00"), version="1", **by)  # fmt: skip
    assert second.series_id


def test_a_meeting_is_cancelled_once_and_before_it_is_over(plans, session, now):
    (event,) = plans()
    late = now + timedelta(days=30)
    assert refused("event-over", agendas.cancel, session, event, actor="x", now=late) == 409
    agendas.cancel(session, event, actor="account:x", now=now)
    session.commit()
    assert event.cancelled_at == now
    assert refused("event-over", agendas.cancel, session, event, actor="x", now=now) == 409
    person = "x"
    assert refused("coming-closed", agendas.come, session, event, person, "Ada", now=now) == 409


def coming(session):
    return session.scalar(select(func.count()).select_from(EventRegistration))


def test_one_comes_once_and_may_change_ones_mind(plans, session, make, now):
    (event,), ada = plans(), make.participant()
    assert refused("coming-name-missing", agendas.come, session, event, ada.id, "", now=now) == 422
    agendas.come(session, event, ada.id, "Ada", now=now)
    session.commit()
    assert refused("coming-already", agendas.come, session, event, ada.id, "B", now=now) == 409
    session.rollback()
    agendas.stay_away(session, event, ada.id)
    session.commit()
    assert coming(session) == 0
    assert refused("coming-unknown", agendas.stay_away, session, event, ada.id) == 409
    late = now + timedelta(days=30)
    assert refused("coming-closed", agendas.come, session, event, ada.id, "Ada", now=late) == 409


def test_the_list_may_be_full_or_not_kept(plans, session, make, now, monkeypatch):
    (closed,) = plans(takes_names=False)
    ada = make.participant()
    assert refused("coming-closed", agendas.come, session, closed, ada.id, "Ada", now=now) == 409
    (event,) = plans()
    monkeypatch.setattr(agendas, "MOST_COMING", 0)
    assert refused("coming-full", agendas.come, session, event, ada.id, "Ada", now=now) == 409


def test_someone_who_comes_twice_at_once_comes_once(plans, session, make, now):
    (event,), ada = plans(), make.participant()

    def act(_number):
        with Session(session.get_bind()) as own:
            try:
                agendas.come(own, own.get_one(RoomEvent, event.id), ada.id, "Ada", now=now)
                own.commit()
            except RuleBroken as broken:
                return broken.code
            return "comes"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(act, range(2))) == ["comes", "coming-already"]
    assert coming(session) == 1


def test_minutes_are_a_document_of_the_room_and_are_corrected(plans, session, now):
    (event,) = plans()
    values = {"title": "Compte rendu", "body": "Nous étions dix.", "attended": "10"}
    by = {"actor": "account:x", "now": now}

    def write(version="", **changed):
        return agendas.write_minutes(session, event, {**values, **changed}, version=version, **by)

    assert refused("event-not-begun", write) == 409
    session.rollback()
    by["now"] = now + timedelta(days=30)
    for attended in ("x", "-1", "1000000", "٣"):
        assert refused("attended-number", write, attended=attended) == 422
    assert refused("document-empty", write, body="") == 422
    session.rollback()
    minutes = write()
    session.commit()
    assert (minutes.kind, minutes.event_id, event.attended) == ("minutes", event.id, 10)
    assert minutes.dated_on.isoformat() == "2026-12-01"
    assert refused("stale", write) == 409
    session.rollback()
    assert write("1", body="Nous étions onze.", attended="") is minutes
    session.commit()
    assert (minutes.version, event.attended) == (2, None)
    assert "onz" in minutes.search
    assert session.scalars(select(RoomDocument.id)).all() == [minutes.id]
