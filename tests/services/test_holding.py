"""A row is held, or it went meanwhile."""

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from consult.domain.errors import RuleBroken
from consult.models import Seat
from consult.services import holding, seats


def test_a_row_is_read_again_and_one_that_went_is_said_so(session, make, now):
    facts = {"kind": "ordinary", "title": "Un siège", "actor": "account:x", "now": now}
    seat = seats.open_seat(session, make.room("local").id, **facts)
    session.commit()
    assert seat.title == "Un siège"

    def elsewhere(act):
        session.rollback()
        with Session(session.get_bind()) as other:
            other.execute(act)
            other.commit()

    elsewhere(update(Seat).values(title="Un autre nom"))
    holding.row(session, seat)
    assert seat.title == "Un autre nom"
    seat_id = seat.id
    elsewhere(delete(Seat))
    with pytest.raises(RuleBroken, match="taken-away") as broken:
        holding.row(session, Seat(id=seat_id))
    assert broken.value.status == 404
