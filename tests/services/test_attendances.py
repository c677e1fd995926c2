"""Who was at a meeting is noted one by one, kept together, and counted for everyone."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import EventAttendance, EventRegistration, JournalEntry, RoomEvent
from consult.services import agendas, attendances


@pytest.fixture
def room(make):
    return make.room("local", "D-54")


@pytest.fixture
def event(make, room, now):
    hours = {"starts_at": now - timedelta(hours=3), "ends_at": now - timedelta(hours=1)}
    facts = {"title": "R", "time_zone": "Europe/Paris", "created_at": now}
    noise = make.save(RoomEvent(room_id=room.id, **hours, **facts))
    make.save(EventAttendance(event_id=noise.id, name="Noise", way="remote", created_at=now))
    return make.save(RoomEvent(room_id=room.id, **hours, **facts))


def notes(session, event, now, ways=None, names="", names_way="on_site", seen=None):
    seen = attendances.stamp(session, event) if seen is None else seen
    said = attendances.Said(ways or {}, names, names_way, seen)
    attendances.note(session, event, said, actor="system", now=now)
    session.commit()


def refused(code, session, *facts, **named):
    with pytest.raises(RuleBroken) as broken:
        notes(session, *facts, **named)
    session.rollback()
    assert broken.value.code == code
    return broken.value.status


def listed(session, event):
    return {one.name: one.way for one in attendances.people(session, event)}


def test_members_those_who_said_so_and_others_are_noted_then_taken_off(
    session, make, room, event, now
):
    ada, bob = make.account(name="Ada"), make.account(name="")
    own = make.participant(account_id=ada.id)
    guest = make.participant()
    for one in (ada, bob):
        make.joins(one, room, "member")
    for one, name in ((own, "Ada L."), (guest, "Chloé")):
        facts = {"event_id": event.id, "participant_id": one.id, "created_at": now}
        make.save(EventRegistration(name=name, **facts))
    assert listed(session, event) == {"Ada": "", bob.email: "", "Chloé": ""}
    ways = {ada.id: "on_site", guest.id: "remote", bob.id: "", "unknown": "remote"}
    notes(session, event, now, ways, "Djamila\n \nÉlise", "remote")
    expected = {"Ada": "on_site", "Chloé": "remote", "Djamila": "remote", "Élise": "remote"}
    assert listed(session, event) == expected | {bob.email: ""}
    assert (event.attended, event.attended_remote) == (4, 3)
    by_name = {one.name: one for one in attendances.people(session, event)}
    ways = {by_name["Djamila"].key: "", by_name["Chloé"].key: "", ada.id: "remote"}
    notes(session, event, now, ways)
    assert (event.attended, event.attended_remote) == (2, 2)
    kept = select(EventAttendance).where(EventAttendance.event_id == event.id)
    assert {one.name for one in session.scalars(kept)} == {"Ada", "Élise"}
    notes(session, event, now, {ada.id: "", by_name["Élise"].key: ""})
    assert (event.attended, event.attended_remote) == (None, None)
    told = select(JournalEntry).where(JournalEntry.act == "event.attended")
    assert [one.facts["number"] for one in session.scalars(told.order_by(JournalEntry.id))] == [
        4, 2, None,
    ]  # fmt: skip


def test_what_is_not_so_is_refused(session, make, room, event, now, monkeypatch):
    ada = make.account(name="Ada")
    make.joins(ada, room, "member")
    seen = attendances.stamp(session, event)
    assert refused("attendance-unknown", session, event, now, {ada.id: "chez moi"}) == 422
    assert refused("attendance-unknown", session, event, now, names_way=None) == 422
    assert refused("event-not-begun", session, event, event.starts_at - timedelta(hours=1)) == 409
    monkeypatch.setattr(attendances, "MOST", 1)
    assert refused("attendance-full", session, event, now, names="Un\nDeux") == 422
    notes(session, event, now, {ada.id: "on_site"}, seen=seen)
    assert refused("stale", session, event, now, {ada.id: ""}, seen=seen) == 409
    event.cancelled_at = now
    session.commit()
    assert refused("event-not-begun", session, event, now) == 409


def test_minutes_that_count_fewer_people_forget_how_many_were_far(session, event, now):
    values = {"title": "CR", "body": "Dit."}
    by = {"actor": "system", "now": now}
    notes(session, event, now, names="Un\nDeux", names_way="remote")
    paper = agendas.write_minutes(session, event, values | {"attended": "5"}, version="", **by)
    assert (event.attended, event.attended_remote) == (5, 2)
    version = str(paper.version)
    agendas.write_minutes(session, event, values | {"attended": "1"}, version=version, **by)
    assert (event.attended, event.attended_remote) == (1, None)
