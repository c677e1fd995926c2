"""Rooms that sleep: which acts instead, and who is told."""

from datetime import timedelta

import pytest

from consult.services import rooms, vacancies
from tests import rooms as trees


@pytest.fixture
def tree(session, make, now):
    return trees.tree(session, make, now)


def test_a_room_acts_for_itself_while_it_is_awake(session, tree, now):
    assert vacancies.in_charge(session, tree.local.id, now=now).id == tree.local.id
    assert vacancies.states(session, now=now) == {}


def test_the_room_above_acts_for_one_that_nobody_runs(session, tree, now):
    end = rooms.end_membership
    end(session, tree.local, tree.by_local.id, actor="account:x", now=now)
    session.commit()
    assert vacancies.in_charge(session, tree.local.id, now=now).id == tree.hub.id
    tree.by_hub.active = False
    session.commit()
    assert vacancies.in_charge(session, tree.local.id, now=now).id == tree.national.id
    assert vacancies.states(session, now=now) == {tree.local.id: "vacant", tree.hub.id: "vacant"}


def test_a_room_wakes_up_when_something_is_done(session, tree, now):
    late = now + timedelta(days=100)
    for name in ("national", "hub"):
        rooms.note(session, "x", getattr(tree, name).id, actor="system", now=late)
    session.commit()
    assert vacancies.in_charge(session, tree.local.id, now=late).id == tree.hub.id
    assert set(vacancies.states(session, now=late).values()) == {"dormant"}
    rooms.note(session, "x", tree.local.id, actor="system", now=late)
    session.commit()
    assert vacancies.in_charge(session, tree.local.id, now=late).id == tree.local.id


def test_one_letter_tells_someone_of_all_the_rooms_they_act_for(session, tree, now):
    below = [
        trees.open_room(session, f"Salle {number}", "local", now, parent_id=tree.hub.id)
        for number in range(2)
    ]
    trees.open_room(session, "Salle du Sud", "local", now, parent_id=tree.other_hub.id)
    trees.open_room(session, "Salle seule", "local", now)
    told = {
        one.email: [room.name for room in one.rooms] for one in vacancies.digests(session, now=now)
    }
    assert told == {
        tree.by_hub.email: [room.name for room in below],
        tree.by_other_hub.email: ["Salle du Sud"],
    }


def test_a_week_is_taken_once(session, now):
    taken = []
    for days in (0, 1, 7, 7):
        taken.append(vacancies.take_week(session, now=now + timedelta(days=days)))
        session.commit()
    assert taken == [True, False, True, False]
