"""For which rooms someone acts: their own, and those below that nobody runs."""

from datetime import timedelta

from consult.services import matter_rights
from tests.matters import tree


def test_one_acts_for_ones_rooms_and_for_those_below_that_nobody_runs(session, make, now):
    rooms = tree(make)
    ada, other = make.account(), make.account()
    make.joins(ada, rooms.hub)
    make.joins(other, rooms.a)
    found = matter_rights.hands(session, ada.id, [rooms.a.id, rooms.b.id, rooms.far.id], now=now)
    assert rooms.hub.id in found and rooms.b.id in found
    assert rooms.a.id not in found and rooms.far.id not in found
    assert list(found.own) == [rooms.hub.id] and found.asleep == {rooms.b.id}


def test_a_room_where_nothing_happens_is_acted_for_by_both(session, make, now):
    rooms = tree(make)
    ada, own = make.account(), make.account()
    make.joins(ada, rooms.hub)
    make.joins(own, rooms.a)
    later = now + timedelta(days=200)
    rooms.hub.active_at = later
    session.commit()
    for account in (ada, own):
        assert rooms.a.id in matter_rights.hands(session, account.id, [rooms.a.id], now=later)


def test_whoever_runs_nothing_acts_for_nothing(session, make, now):
    rooms = tree(make)
    member, gone = make.account(), make.account()
    make.joins(member, rooms.a, "member")
    make.joins(gone, rooms.hub, ended_at=now)
    for account in (member, gone):
        found = matter_rights.hands(session, account.id, [rooms.a.id], now=now)
        assert not found and rooms.a.id not in found
