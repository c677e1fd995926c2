"""Rooms are opened, changed, joined and left."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from consult.domain.errors import RuleBroken
from consult.models import (
    JournalEntry,
    Room,
    RoomInvitation,
    RoomMember,
    TerritoryModerator,
)
from consult.queries import rooms as queries
from consult.services import room_invitations, rooms

HUB = rooms.Facts("Hub Grand Est", "hub", "R-44", None, True)


def refused(code, act, *facts, **named):
    with pytest.raises(RuleBroken) as broken:
        act(*facts, **named)
    assert broken.value.code == code
    return broken.value.status


@pytest.fixture
def opens(session, now):
    def one(facts):
        room = rooms.open_one(session, facts, actor="account:x", now=now)
        session.commit()
        return room

    return one


@pytest.fixture
def edits(session, now):
    def one(room, version=None, **changed):
        names = ("name", "level", "territory_code", "parent_id", "moderates", "is_private")
        facts = rooms.Facts(**{name: getattr(room, name) for name in names})
        held = str(room.version) if version is None else version
        facts = replace(facts, **changed)
        rooms.edit(session, room, facts, version=held, actor="account:x", now=now)
        session.commit()

    return one


def read_by(session):
    return dict(
        session.execute(select(TerritoryModerator.territory_code, Room.slug).join(Room)).all()
    )


def acts(session):
    return session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()


def test_a_room_is_opened_with_an_address_and_reads_its_place_at_once(session, opens):
    room = opens(HUB)
    assert (room.slug, room.level, room.version) == ("hub-grand-est", "hub", 1)
    found = read_by(session)
    assert found["M-54395"] == found["R-44"] == found["A-41"] == "hub-grand-est"
    assert "M-98818" not in found
    assert acts(session) == ["room.opened"]
    again = opens(replace(HUB, territory_code=None, moderates=False))
    assert again.slug == "hub-grand-est-2"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": " "}, "room-name-missing"),
        ({"name": "a\x00"}, "text-unreadable"),
        ({"name": "a" * 121}, "text-too-long"),
        ({"level": "region"}, "level-unknown"),
        ({"territory_code": "R-99"}, "territory-unknown"),
        ({"territory_code": None}, "moderator-without-place"),
        ({"parent_id": "x"}, "parent-unknown"),
    ],
)
def test_what_cannot_be_a_room(session, opens, changed, code):
    assert refused(code, opens, replace(HUB, **changed)) == 422
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Room)) == 0


def test_the_tree_is_as_deep_as_wanted_and_never_a_ring(session, opens, edits):
    hub = opens(HUB)
    inner = opens(rooms.Facts("Relais du 54", "hub", "D-54", hub.id))
    local = opens(rooms.Facts("Nancy", "local", "M-54395", inner.id))
    club = opens(rooms.Facts("Club", "local", None, local.id))
    assert set(session.scalars(queries.under(hub.id))) == {hub.id, inner.id, local.id, club.id}
    for above, level in ((hub, "national"), (local, "hub")):
        facts = rooms.Facts("X", level, parent_id=above.id)
        assert refused("parent-not-above", opens, facts) == 422
    for room, above in ((hub, inner), (local, club), (hub, hub)):
        assert refused("parent-below", edits, room, parent_id=above.id) == 422
        session.rollback()


def test_one_room_only_reads_a_territory(session, opens, edits):
    opens(HUB)
    other = rooms.Facts("Autre", "local", "R-44", None, True)
    assert refused("moderator-taken", opens, other) == 409
    session.rollback()
    room = opens(replace(other, moderates=False))
    assert refused("moderator-taken", edits, room, moderates=True) == 409
    session.rollback()


def test_the_database_itself_refuses_a_second_reader(session, make, opens):
    opens(HUB)
    with pytest.raises(IntegrityError):
        make.room("local", "R-44")
    session.rollback()
    with pytest.raises(IntegrityError):
        make.room("local", None, moderates=True)
    session.rollback()


def test_a_room_that_no_longer_reads_leaves_its_place_to_the_one_above(session, opens, edits):
    hub = opens(HUB)
    local = opens(rooms.Facts("Meurthe", "local", "D-54", hub.id, True))
    assert read_by(session)["M-54395"] == local.slug
    edits(local, moderates=False)
    assert read_by(session)["M-54395"] == hub.slug
    edits(local, moderates=True, territory_code="D-51")
    assert (read_by(session)["M-54395"], read_by(session)["D-51"]) == (hub.slug, local.slug)
    edits(hub, moderates=False)
    assert set(read_by(session).values()) == {local.slug}


def test_a_change_over_someone_elses_is_stale(session, opens, edits):
    room = opens(HUB)
    edits(room, name="Un autre nom")
    assert (room.name, room.slug, room.version) == ("Un autre nom", "hub-grand-est", 2)
    for version in ("1", "", None):
        if version is not None:
            assert refused("stale", edits, room, version) == 409
            session.rollback()
    assert acts(session) == ["room.opened", "room.changed"]


def test_a_room_stays_above_those_below_it(session, opens, edits):
    hub = opens(HUB)
    opens(rooms.Facts("Nancy", "local", None, hub.id))
    opens(rooms.Facts("Relais", "hub", None, hub.id))
    assert refused("parent-not-above", edits, hub, level="local") == 422
    session.rollback()
    edits(hub, level="national")
    assert hub.level == "national"


def test_two_who_open_at_once_get_two_addresses_and_one_place(session, opens, now):
    def act(_number):
        with Session(session.get_bind()) as own:
            try:
                room = rooms.open_one(own, HUB, actor="account:x", now=now)
                own.commit()
            except RuleBroken as broken:
                return broken.code
            return room.slug

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(act, range(2))) == ["hub-grand-est", "moderator-taken"]


@pytest.fixture
def joins(session, now):
    def one(room, account, role="facilitator"):
        rooms.add_member(session, room, account, role, actor="account:x", now=now)
        session.commit()

    return one


@pytest.fixture
def leaves(session, now):
    def one(room, account):
        rooms.end_membership(session, room, account.id, actor="account:x", now=now)
        session.commit()

    return one


def test_a_member_may_become_a_facilitator_and_each_part_is_kept(session, make, opens, joins):
    room, ada = opens(HUB), make.account()
    joins(room, ada, "member")
    assert refused("member-already", joins, room, ada, "member") == 409
    joins(room, ada)
    assert refused("member-already", joins, room, ada, "member") == 409
    assert refused("member-already", joins, room, ada) == 409
    assert refused("role-unknown", joins, room, ada, "administrator") == 422
    held = session.scalars(select(RoomMember).order_by(RoomMember.id)).all()
    assert [(one.role, one.ended_at is None) for one in held] == [
        ("member", False),
        ("facilitator", True),
    ]
    assert [person.role for person in rooms.people(session, room.id)] == ["facilitator"]
    assert acts(session).count("room.joined") == 2


def test_someone_always_runs_a_room_or_the_one_above(session, make, opens, joins, leaves):
    hub = opens(HUB)
    local = opens(rooms.Facts("Nancy", "local", None, hub.id))
    ada, bob, eve = make.account(), make.account(), make.account()
    joins(local, ada)
    assert refused("facilitator-last", leaves, local, ada) == 409
    session.rollback()
    joins(local, eve, "member")
    joins(hub, bob)
    leaves(local, ada)
    assert refused("member-unknown", leaves, local, ada) == 404
    session.rollback()
    assert refused("facilitator-last", leaves, hub, bob) == 409
    session.rollback()
    leaves(local, eve)
    joins(hub, ada)
    leaves(hub, bob)
    joins(hub, bob)
    ada.active = False
    session.commit()
    assert refused("facilitator-last", leaves, hub, bob) == 409
    session.rollback()


def test_the_last_two_who_leave_at_once_do_not_both_leave(session, make, opens, joins, now):
    room, people = opens(HUB), [make.account(), make.account()]
    for one in people:
        joins(room, one)

    def act(account):
        with Session(session.get_bind()) as own:
            try:
                rooms.end_membership(own, room, account.id, actor="account:x", now=now)
                own.commit()
            except RuleBroken as broken:
                return broken.code
            return "gone"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(act, people)) == ["facilitator-last", "gone"]


def test_the_letters_of_whoever_leaves_no_longer_work(session, make, opens, joins, leaves, now):
    hub = opens(HUB)
    local = opens(rooms.Facts("Nancy", "local", None, hub.id))
    ada, bob = make.account(), make.account()
    joins(hub, ada)
    joins(hub, bob)
    for room, by in ((hub, ada), (local, ada), (hub, bob)):
        email = f"{room.level}-{by.id}@exemple.fr"
        facts = {"email": email, "role": "member", "inviter": by, "now": now}
        assert room_invitations.invite(session, room, **facts)
    session.commit()
    leaves(hub, ada)
    left = session.scalars(select(RoomInvitation.invited_by_id)).all()
    assert left == [bob.id]


def test_one_chooses_to_be_named(session, make, opens, joins, now):
    room, ada = opens(HUB), make.account()
    joins(room, ada)
    for choice in (True, False):
        rooms.name_oneself(session, room, ada.id, is_named=choice, now=now)
        session.commit()
        assert session.scalars(select(RoomMember.is_named)).all() == [choice]
    act, other = rooms.name_oneself, make.account()
    code = "member-unknown"
    assert refused(code, act, session, room, other.id, is_named=True, now=now) == 404


def test_one_gives_away_only_the_places_one_holds(session, make, opens, joins):
    hub, other = opens(HUB), opens(rooms.Facts("Autre", "hub", "C-988", None, True))
    ada = make.account()
    joins(hub, ada)

    def check(code, room=None, moderates=True):
        facts = rooms.Facts("X", "local", code, hub.id, moderates)
        return rooms.check_place(session, facts, room, ada.id)

    check("D-54")
    check("C-988", moderates=False)
    for code in ("C-988", "M-98818", "FR"):
        assert refused("place-not-held", check, code) == 403
    check("C-988", other)
    assert refused("place-not-held", check, "M-98818", other) == 403
