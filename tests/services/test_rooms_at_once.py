"""Of two who let the same person into a room at the same moment, one wins and one is told."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from consult.domain.errors import RuleBroken
from consult.models import Account, Room, RoomMember
from consult.services import rooms


def test_one_joins_once_even_twice_at_once(session, make, now):
    room, ada = make.room("national"), make.account()

    def act(_number):
        with Session(session.get_bind()) as own:
            try:
                rooms.add_member(own, room, ada, "member", actor="account:x", now=now)
                own.commit()
            except RuleBroken as broken:
                return broken.code
            return "joined"

    with ThreadPoolExecutor(3) as pool:
        found = sorted(pool.map(act, range(3)))
    assert found == ["joined", "member-already", "member-already"]


def test_of_two_who_let_the_same_person_in_at_once_one_is_told(session, make, now):
    room, person = make.room("national", None), make.account()
    engine = session.get_bind()
    session.commit()

    def let_in(own):
        place, account = own.get_one(Room, room.id), own.get_one(Account, person.id)
        rooms.add_member(own, place, account, "member", actor="account:x", now=now)
        own.commit()

    first = []

    def come_first(_connection, _cursor, statement, *_rest):
        if statement.startswith("INSERT INTO room_member") and not first:
            first.append(statement)
            with Session(engine) as other:
                let_in(other)

    event.listen(engine, "before_cursor_execute", come_first)
    try:
        with pytest.raises(RuleBroken, match="member-already"), Session(engine) as own:
            let_in(own)
    finally:
        event.remove(engine, "before_cursor_execute", come_first)
    assert first and len(session.scalars(select(RoomMember)).all()) == 1
