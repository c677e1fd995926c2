"""What is next in a room: one meeting, then the votes that are open."""

from datetime import timedelta

from consult.models import Poll, RoomEvent
from consult.queries.coming import meetings_and_votes, near
from consult.queries.rooms import Reader

HOUR = timedelta(hours=1)


def test_the_next_meeting_then_the_open_votes(session, make, now):
    room, other = make.room(), make.room()
    for number in (2, 1):
        hours = {"starts_at": now + number * HOUR, "ends_at": now + (number + 1) * HOUR}
        kept = {"time_zone": "Europe/Paris", "created_at": now, "title": f"Réunion {number}"}
        make.save(RoomEvent(room_id=room.id, **hours, **kept))
        make.save(RoomEvent(room_id=other.id, **hours, **kept))
    words = {"kind": "yes_no", "rule": "majority", "quorum": "none", "time_zone": "Europe/Paris"}
    for number, opened in ((3, now), (1, now), (2, None)):
        dates = {"opens_at": now, "opened_at": opened, "created_at": now}
        ends = {"closes_at": now + number * HOUR}
        make.save(Poll(room_id=room.id, question=f"Vote {number} ?", **words, **dates, **ends))
    rows = session.execute(meetings_and_votes(room.id, now)).all()
    assert [(row.kind, row.title) for row in rows] == [
        ("meeting", "Réunion 1"),
        ("vote", "Vote 1 ?"),
        ("vote", "Vote 3 ?"),
    ]
    assert [row.ends_at for row in rows] == [now + 2 * HOUR, now + HOUR, now + 3 * HOUR]
    assert [bool(row.takes_names) for row in rows[1:]] == [False, False]


def test_the_rooms_that_hold_a_place_are_those_around_it(session, make, now):
    hub, nancy = make.room("hub", "R-44"), make.room("local", "M-54395")
    secret = make.room("hub", "R-44", is_private=True, moderates=False)
    away, nowhere = make.room("local", "C-988"), make.room("national")
    made = {"time_zone": "Europe/Paris", "created_at": now}
    for room, hours in ((hub, 3), (nancy, 2), (secret, 1), (away, 1), (nowhere, 1), (hub, -2)):
        dates = {"starts_at": now + hours * HOUR, "ends_at": now + (hours + 1) * HOUR}
        make.save(RoomEvent(room_id=room.id, title=room.name, **dates, **made))
    cancelled = {"starts_at": now, "ends_at": now + HOUR, "cancelled_at": now}
    make.save(RoomEvent(room_id=hub.id, title="Annulée", **cancelled, **made))
    words = {"kind": "yes_no", "rule": "majority", "quorum": "none", **made}
    dates = {"opens_at": now, "opened_at": now, "closes_at": now + HOUR}
    for room in (hub, away, secret):
        make.save(Poll(room_id=room.id, question=room.name, **words, **dates))
    rows = session.execute(near("M-54395", Reader(), now)).all()
    assert [(row.kind, row.room, row.slug) for row in rows] == [
        ("meeting", nancy.name, nancy.slug),
        ("meeting", hub.name, hub.slug),
        ("vote", hub.name, hub.slug),
    ]
    seen = session.execute(near("D-54", Reader(sees_all=True), now)).all()
    assert [row.room for row in seen if row.kind == "meeting"] == [secret.name, hub.name]
    assert session.execute(near("M-00000", Reader(), now)).all() == []
