"""What the rooms of some territories have and lack, each territory by its own room."""

from consult.models import RoomCollege, Seat
from consult.queries import call_facts
from consult.services import rooms


def test_each_territory_by_its_own_room(session, make):
    hub, other = make.room("hub", "R-44"), make.room("hub", "C-988")
    rooms.work_out(session)
    for room in (hub, other):
        make.save(RoomCollege(room_id=room.id, college="place", wanted=1))
        make.save(Seat(room_id=room.id, title="Siège", kind="ordinary", created_at=make.now))
    codes, today = {"R-44", "FR"}, make.now.date()
    assert [tuple(row) for row in session.execute(call_facts.rooms_of(codes))] == [("R-44", hub.id)]
    thin = session.execute(call_facts.thin_colleges(codes)).all()
    assert [tuple(row) for row in thin] == [("R-44", "place", 0, 1)]
    empty = session.execute(call_facts.empty_seats(codes, today)).all()
    assert [tuple(row) for row in empty] == [("R-44", "Siège")]
    assert session.scalars(call_facts.with_road_map(codes, today)).all() == []
