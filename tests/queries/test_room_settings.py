"""What a room set comes before what it inherits."""

from consult.queries import room_settings
from consult.services import room_settings as services


def test_the_nearest_room_comes_first(session, make, now):
    top = make.room("national")
    hub = make.room("hub", None, top)
    for room, days in ((top, "90"), (hub, "20"), (make.room("hub", None, top), "8")):
        services.change(session, room, {"delay_open": days}, actor="system", now=now)
    session.commit()
    rows = session.execute(room_settings.stored(hub.id)).all()
    assert [(row.name, row.value) for row in rows] == [(hub.name, 20), (top.name, 90)]
