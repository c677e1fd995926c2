"""What is next in a room: one meeting, then the votes that are open."""

from datetime import timedelta

from consult.models import Poll, RoomEvent
from consult.queries.coming import meetings_and_votes

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
