"""Of two who move a matter at the same moment, exactly one does."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from consult.domain.errors import RuleBroken
from consult.models import Matter, MatterEvent, MatterStop
from consult.services import matter_states, matters
from tests.matters import begun, does, tree

SCHEDULES, FEW = 1_000, 40
ACTS = (
    ("relay", None), ("decide", "adopted"), ("decide", "rejected"), ("withdraw", None),
)  # fmt: skip


def many(session, rooms, number, now):
    """Open matters in a room, written at once."""
    first = begun(session, rooms.a, rooms.ada, now)
    event = session.scalars(select(MatterEvent).where(MatterEvent.matter_id == first.id)).one()
    same = {c.key: getattr(first, c.key) for c in Matter.__table__.columns}
    happened = {c.key: getattr(event, c.key) for c in MatterEvent.__table__.columns}
    ids = [f"m{one:017}" for one in range(number)]
    session.execute(insert(Matter), [same | {"id": one} for one in ids])
    stops = [{"matter_id": o, "place": 0, "room_id": rooms.a.id} for o in ids]
    session.execute(insert(MatterStop), stops)
    events = [happened | {"id": f"{o}:publish", "matter_id": o} for o in ids]
    session.execute(insert(MatterEvent), events)
    session.commit()
    return ids


@pytest.mark.slow
def test_exactly_one_of_two_wins_each_time(session, make, now):
    """1,000 random schedules on PostgreSQL, where writers really meet; some on SQLite."""
    rooms, engine = tree(make), session.get_bind()
    number = SCHEDULES if engine.dialect.name == "postgresql" else FEW
    ids, chance = many(session, rooms, number, now), random.Random(7)
    plans = {one: chance.sample(ACTS, 2) for one in ids}

    def run(side):
        won, lost = [], set()
        with Session(engine) as own:
            for one in ids:
                name, outcome = plans[one][side]
                what = matters.Act(
                    name, rooms.ada.id, rooms.a.id, f"essai-{side}-{one}"[:30],
                    reasons="Oui", outcome=outcome, seen="1.1",
                )  # fmt: skip
                try:
                    matters.act(own, one, what, now=now)
                    own.commit()
                    won.append(one)
                except RuleBroken as broken:
                    own.rollback()
                    lost.add((broken.code, broken.status))
        assert lost <= {("matter-moved", 409)}
        return won

    with ThreadPoolExecutor(2) as pool:
        left, right = pool.map(run, range(2))
    assert sorted([*left, *right]) == ids
    count = select(func.count()).where(MatterEvent.sequence == 2)
    assert session.scalar(count) == number
    session.expire_all()
    for one in ids[:20]:
        matter = session.get_one(Matter, one)
        assert matter_states.replayed(session, matter) == matter_states.read(session, matter)


def test_a_matter_that_is_sent_back_keeps_its_line(session, make, now):
    rooms = tree(make)
    matter = begun(session, rooms.a, rooms.ada, now)
    does(session, matter, "relay", rooms.a, rooms.ada, now)
    does(session, matter, "return_down", rooms.hub, rooms.ada, now)
    state = matter_states.read(session, matter)
    assert (state.room, state.line, state.returned) == (
        rooms.a.id, (rooms.a.id, rooms.hub.id), {1},
    )  # fmt: skip
    does(session, matter, "resubmit", rooms.a, rooms.ada, now)
    assert matter_states.read(session, matter).room == rooms.hub.id


def test_a_room_is_alive_once_one_of_its_people_acts_for_it(session, make, now):
    rooms, later = tree(make), now + timedelta(days=1)
    by = make.account()
    make.joins(by, rooms.a)
    begun(session, rooms.b, by, later)
    session.refresh(rooms.b)
    assert rooms.b.active_at is None  # someone else's room
    matter = begun(session, rooms.a, by, later)
    does(session, matter, "relay", rooms.a, by, now)
    session.refresh(rooms.a)
    assert rooms.a.active_at == later
