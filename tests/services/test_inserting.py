from consult.models import Participant, new_id
from consult.services import inserting


def test_the_same_row_goes_in_once(session, now):
    first = {"id": new_id(), "origin": "browser:a", "name": "", "created_at": now}
    assert inserting.once(session, Participant, first)
    assert not inserting.once(session, Participant, first | {"id": new_id()})
    assert inserting.once(session, Participant, first | {"id": new_id(), "origin": "browser:b"})
    session.commit()
    assert session.get(Participant, first["id"]).created_at == now
