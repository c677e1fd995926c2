"""Which files a document and a seat of a room hold."""

from consult.models import RoomDocument, RoomFile, Seat
from consult.queries import room_files as queries


def test_the_files_of_each_in_the_order_they_came(session, make, now):
    of_room = {"room_id": make.room().id, "created_at": now}
    about = {"kind": "resource", "title": "Guide", "body": "x", "dated_on": now.date()}
    paper = make.save(RoomDocument(**about, **of_room))
    seat = make.save(Seat(title="Parole", kind="ordinary", **of_room))
    later = make.joined(RoomFile, id="b", document_id=paper.id)
    first = make.joined(RoomFile, id="a", document_id=paper.id)
    left = make.joined(RoomFile, seat_id=seat.id)
    assert session.scalars(queries.of(paper)).all() == [first, later]
    assert session.scalars(queries.of(seat)).all() == [left]
    assert queries.held_by(seat) == {"seat_id": seat.id}
