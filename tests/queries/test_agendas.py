"""The meetings of a room, with those of others around."""

from datetime import timedelta

from consult.models import EventAttendance, EventRegistration, RoomDocument, RoomEvent
from consult.queries import agendas, paging

DAY = timedelta(days=1)


def meeting(make, room, days, **facts):
    at = make.now + days * DAY
    facts = {"time_zone": "Europe/Paris", "created_at": make.now, "title": f"{days}", **facts}
    return make.save(
        RoomEvent(room_id=room.id, starts_at=at, ends_at=at + timedelta(hours=2), **facts)
    )


def titles(rows):
    return [row.title for row in rows]


def test_meetings_are_to_come_or_over(session, make):
    room, other = make.room(), make.room()
    for days in (3, 1, -1, -2):
        meeting(make, room, days)
        meeting(make, other, days)
    meeting(make, room, 0.5, cancelled_at=make.now)
    assert titles(session.scalars(agendas.coming(room.id, make.now))) == ["0.5", "1", "3"]
    assert session.scalar(agendas.next_one(room.id, make.now)).title == "1"
    rows = session.execute(agendas.past(room.id, make.now)).all()
    assert titles(row[0] for row in rows) == ["-1", "-2"]
    after = paging.cursor((rows[0][0].starts_at, rows[0][0].id))
    rows = session.execute(agendas.past(room.id, make.now, after)).all()
    assert titles(row[0] for row in rows) == ["-2"]
    assert len(session.scalars(agendas.of_calendar(room.id)).all()) == 5


def test_a_meeting_is_found_in_its_own_room_with_its_people_and_minutes(session, make):
    room, other = make.room(), make.room()
    mine, theirs = meeting(make, room, 1), meeting(make, other, 1)
    ada = make.participant()
    for event, people in ((mine, [ada]), (theirs, [ada, make.participant()])):
        for one in people:
            facts = {"participant_id": one.id, "name": "Ada", "created_at": make.now}
            make.save(EventRegistration(event_id=event.id, **facts))
    facts = {"kind": "minutes", "title": "CR", "body": "x", "dated_on": make.now.date()}
    minutes = make.save(
        RoomDocument(room_id=room.id, event_id=mine.id, created_at=make.now, **facts)
    )
    row = session.execute(agendas.event(room.id, mine.id)).one()
    assert (row.coming, row.minutes_id) == (1, minutes.id)
    assert session.execute(agendas.event(room.id, theirs.id)).one_or_none() is None
    assert [one.participant_id for one in session.scalars(agendas.registered(mine.id))] == [ada.id]
    assert session.scalar(agendas.comes(mine.id, ada.id)).name == "Ada"
    assert session.scalar(agendas.comes(mine.id, "x")) is None


def test_who_was_there_and_who_is_a_member_are_those_of_one_room(session, make):
    room, other = make.room(), make.room()
    ada, gone = make.account(name="Ada"), make.account(name="Gone")
    own = make.participant(account_id=ada.id)
    make.joins(ada, room, "member")
    make.joins(make.account(name="Noise"), other)
    make.joins(gone, room, "member").ended_at = make.now
    session.commit()
    events = [meeting(make, one, -1) for one in (room, other)]
    for event, name in zip(events, ("Bob", "Noise"), strict=True):
        facts = {"way": "remote", "created_at": make.now}
        make.save(EventAttendance(event_id=event.id, name=name, **facts))
    assert [one.name for one in session.scalars(agendas.attended(events[0].id))] == ["Bob"]
    rows = session.execute(agendas.members(room.id)).all()
    assert [(row.name, row.participant_id) for row in rows] == [("Ada", own.id)]
