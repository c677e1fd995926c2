"""Who sees which matters, under which heading they stand, and how many rooms carry each."""

import pytest

from consult.queries import matters
from consult.queries.rooms import Reader
from tests.matters import begun, does, tree

ANYONE = Reader()


@pytest.fixture
def rooms(make):
    found = tree(make)
    found.secret = make.room("local", None, found.hub, is_private=True)
    found.by_hub, found.by_a, found.member = (make.account() for _ in range(3))
    make.joins(found.by_hub, found.hub)
    make.joins(found.by_a, found.a)
    make.joins(found.member, found.hub, "member")
    return found


def titles(session, query):
    return [row.title for row in session.execute(query)]


def seen(session, reader, **filters):
    return titles(session, matters.listed(reader, matters.Filters(**filters)))


def test_what_began_in_a_private_room_is_seen_from_inside_and_where_it_went(session, rooms, now):
    matter = begun(session, rooms.secret, rooms.ada, now, title="Caché")
    member, above = Reader(rooms.member.id), Reader(rooms.by_hub.id)
    assert seen(session, ANYONE) == seen(session, member) == []
    assert seen(session, Reader(rooms.ada.id)) == seen(session, above) == ["Caché"]
    assert seen(session, Reader(None, sees_all=True)) == ["Caché"]
    does(session, matter, "relay", rooms.secret, rooms.ada, now)
    assert seen(session, member) == ["Caché"]
    assert seen(session, ANYONE) == seen(session, Reader(rooms.by_a.id)) == []
    assert session.execute(matters.one(matter.id, ANYONE)).one_or_none() is None
    row = session.execute(matters.one(matter.id, member)).one()
    assert (row.origin_name, row.holder_name, row.is_private) == (None, rooms.hub.name, True)
    events = session.execute(matters.trail(matter.id, member)).all()
    assert [(e.MatterEvent.name, e.room, e.holder) for e in events] == [
        ("publish", None, None),
        ("relay", None, rooms.hub.name),
    ]


def test_a_draft_is_of_those_who_run_its_room_and_of_whoever_wrote_it(session, rooms, now):
    begun(session, rooms.a, rooms.ada, now, publish=False, title="Brouillon")
    for account, sees in (
        (rooms.ada, ["Brouillon"]),
        (rooms.by_a, ["Brouillon"]),
        (rooms.by_hub, []),
        (rooms.member, []),
    ):
        assert seen(session, Reader(account.id)) == sees
    assert seen(session, ANYONE) == []


def test_a_list_is_read_by_words_territory_state_and_page(session, make, rooms, now):
    north = make.room("local", "M-54395", rooms.hub)
    begun(session, north, rooms.ada, now, title="Des bancs à Nancy")
    other = begun(session, rooms.a, rooms.ada, now, title="Le réseau 100 %")
    assert seen(session, ANYONE, words="banc") == ["Des bancs à Nancy"]
    assert seen(session, ANYONE, words="banc réseau") == []
    assert seen(session, ANYONE, territory="R-44") == ["Des bancs à Nancy"]
    does(session, other, "relay", rooms.a, rooms.ada, now)
    assert seen(session, ANYONE, stage="pending") == ["Le réseau 100 %"]
    query = matters.listed(ANYONE, matters.Filters(), limit=1)
    rows, after = matters.paging.cut(
        session.execute(query).all(), lambda row: (row.updated_at, row.id), 1
    )
    rest = titles(session, matters.listed(ANYONE, matters.Filters(), after, 1))
    assert sorted([rows[0].title, *rest]) == ["Des bancs à Nancy", "Le réseau 100 %"]


def test_each_room_has_its_headings_and_their_counts(session, rooms, now):
    def tabs(room):
        row = session.execute(matters.counts(room.id, ANYONE)).one()
        found = row._asdict()
        for tab in matters.TABS:
            listed = titles(session, matters.in_room(tab, room.id, ANYONE))
            assert len(listed) == found[tab]
        return tuple(found.values())

    matter = begun(session, rooms.a, rooms.ada, now)
    begun(session, rooms.far, rooms.ada, now)
    assert (tabs(rooms.a), tabs(rooms.hub)) == ((1, 0, 0, 0), (0, 0, 0, 0))
    does(session, matter, "relay", rooms.a, rooms.ada, now)
    assert (tabs(rooms.a), tabs(rooms.hub)) == ((0, 0, 1, 0), (1, 1, 0, 0))
    does(session, matter, "decide", rooms.hub, rooms.ada, now, outcome="pilot")
    assert (tabs(rooms.a), tabs(rooms.hub)) == ((1, 0, 0, 1), (0, 1, 0, 0))
    does(session, matter, "acknowledge", rooms.a, rooms.ada, now)
    assert (tabs(rooms.a), tabs(rooms.hub)) == ((0, 0, 0, 1), (0, 1, 0, 0))
    assert len(titles(session, matters.of_room(rooms.a.id, ANYONE))) == 1


def test_the_rooms_behind_a_need_are_counted_once(session, rooms, now):
    first, second = (begun(session, room, rooms.ada, now) for room in (rooms.a, rooms.b))
    does(session, first, "endorse", rooms.c, rooms.ada, now)
    does(session, second, "endorse", rooms.c, rooms.ada, now)
    for matter, room in ((first, rooms.a), (second, rooms.b)):
        does(session, matter, "relay", room, rooms.ada, now)
    rows = {row.id: row.behind for row in session.execute(
        matters.listed(ANYONE, matters.Filters()))}  # fmt: skip
    assert rows == {first.id: 2, second.id: 2}
    does(session, second, "join", rooms.hub, rooms.ada, now, with_matter=first.id)
    assert session.execute(matters.one(first.id, ANYONE)).one().behind == 3
    # What a hub began itself has no local room behind it.
    own = begun(session, rooms.hub, rooms.ada, now)
    does(session, own, "endorse", rooms.hub2, rooms.ada, now)
    assert session.execute(matters.one(own.id, ANYONE)).one().behind == 0
