"""Who holds which room, and which room reads what is written about a place."""

import pytest
from sqlalchemy import select

from consult.models import Room, RoomMember, Statement, Territory, TerritoryMember
from consult.queries import rooms
from consult.services import rooms as services


@pytest.fixture
def people(make):
    return {name: make.account() for name in ("local", "hub", "other", "national", "member")}


@pytest.fixture
def tree(make, people, now, session):
    """A national room, two hubs, three local rooms; one below the other hub is private."""
    made = {"national": make.room("national", "FR")}
    made["hub"] = make.room("hub", "R-44", made["national"])
    made["other"] = make.room("hub", "C-988", made["national"])
    made["local"] = make.room("local", "D-54", made["hub"])
    made["second"] = make.room("local", "D-51", made["hub"], moderates=False)
    made["private"] = make.room("local", None, made["other"], is_private=True)
    for name in ("local", "hub", "other", "national"):
        make.joins(people[name], made[name])
    make.joins(people["member"], made["private"], "member")
    services.work_out(session)
    session.commit()
    return made


def names(session, tree, query):
    ids = set(session.scalars(query))
    return {name for name, room in tree.items() if room.id in ids}


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("local", {"local"}),
        ("hub", {"hub", "local", "second"}),
        ("other", {"other", "private"}),
        ("national", {"national", "hub", "other", "local", "second", "private"}),
        ("member", set()),
    ],
)
def test_rights_go_down_the_tree_and_nowhere_else(session, tree, people, who, expected):
    assert names(session, tree, rooms.held_by(people[who].id)) == expected


def test_a_membership_that_has_ended_holds_nothing(session, tree, people, now):
    held = session.scalar(select(RoomMember).where(RoomMember.account_id == people["hub"].id))
    held.ended_at = now
    session.commit()
    assert names(session, tree, rooms.held_by(people["hub"].id)) == set()


@pytest.mark.parametrize(
    ("who", "room", "levels"),
    [
        ("local", "local", ["local"]),
        ("local", "hub", []),
        ("hub", "local", ["hub"]),
        ("hub", "hub", ["hub"]),
        ("hub", "other", []),
        ("hub", "national", []),
        ("national", "private", ["national"]),
        ("member", "private", []),
    ],
)
def test_one_holds_a_room_by_itself_or_by_one_above(session, tree, people, who, room, levels):
    assert list(session.scalars(rooms.ways_to(tree[room].id, people[who].id))) == levels


@pytest.mark.parametrize(
    ("code", "room"),
    [
        ("M-54395", "local"),
        ("E-245400676", "local"),
        ("D-54", "local"),
        ("D-51", "hub"),
        ("A-41", "hub"),
        ("R-44", "hub"),
        ("M-98818", "other"),
        ("FR", "national"),
    ],
)
def test_the_nearest_room_reads_a_place(session, tree, code, room):
    assert session.scalars(rooms.moderator_of(code)).one().id == tree[room].id


def test_the_room_of_a_place_is_told_to_who_may_know_of_it(session, tree, people):
    def seen(reader):
        territory, room = session.execute(rooms.with_moderator("D-54", reader)).one()
        assert territory.code == "D-54"
        return room and room.id

    assert seen(rooms.Reader()) == tree["local"].id
    tree["local"].is_private = True
    session.commit()
    assert seen(rooms.Reader()) is None
    assert seen(rooms.Reader(people["local"].id)) == tree["local"].id
    assert session.execute(rooms.with_moderator("D-99", rooms.Reader())).one_or_none() is None


def test_a_group_of_places_is_read_by_the_room_on_it(session, make, tree):
    """An EPCI is nearer than its département; a former region nearer than its region."""
    metropole = make.room("local", "E-245400676", tree["hub"])
    lorraine = make.room("local", "A-41", tree["hub"])
    services.work_out(session)
    session.commit()
    found = {
        code: session.scalars(rooms.moderator_of(code)).one().id
        for code in ("M-54395", "D-54", "A-41", "R-44")
    }
    assert found == {
        "M-54395": metropole.id,
        "D-54": tree["local"].id,
        "A-41": lorraine.id,
        "R-44": tree["hub"].id,
    }


def test_an_own_grouping_holds_what_it_groups_and_what_these_group(session, make):
    session.add(Territory(code="X-sea", name="Océan", kind="region", time_zone="Europe/Paris"))
    session.flush()
    session.add_all(
        [
            TerritoryMember(group_code="X-sea", member_code="C-988"),
            TerritoryMember(group_code="X-sea", member_code="A-41"),
        ]
    )
    session.commit()
    try:
        room = make.room("hub", "X-sea")
        services.work_out(session)
        session.commit()
        for code in ("X-sea", "C-988", "M-98818", "A-41", "D-54", "M-54395"):
            assert session.scalars(rooms.moderator_of(code)).one().id == room.id
        assert session.scalars(rooms.moderator_of("D-51")).one_or_none() is None
    finally:
        session.query(type(room)).delete()
        session.query(TerritoryMember).filter_by(group_code="X-sea").delete()
        session.query(Territory).filter_by(code="X-sea").delete()
        session.commit()


def test_a_text_is_read_by_the_room_of_its_place_else_of_its_consultation(session, make, tree):
    theme = make.theme(make.consultation(territory_code="R-44"))
    question = make.question(theme)
    here, nowhere = make.question(make.theme(make.consultation(territory_code=None))), None
    texts = {
        "local": make.answer(question, territory_code="M-54395"),
        "hub": make.answer(question, territory_code=None),
        "other": make.answer(question, territory_code="M-98818"),
        nowhere: make.answer(here, territory_code=None),
    }
    rows = session.execute(select(Statement.id, rooms.room_of()))
    found = {row[0]: row[1] for row in rows}
    assert found == {text.id: tree[name].id if name else None for name, text in texts.items()}


def test_without_a_room_nobody_reads(session, make):
    answer = make.answer(make.question())
    assert session.scalar(select(rooms.room_of()).where(Statement.id == answer.id)) is None


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        (None, False),
        ("local", False),
        ("hub", False),
        ("other", True),
        ("national", True),
        ("member", True),
    ],
)
def test_a_private_room_is_seen_from_inside_and_from_above(session, tree, people, who, sees):
    reader = rooms.Reader(people[who].id if who else None)
    slug = tree["private"].slug
    assert (session.execute(rooms.by_slug(slug, reader)).one_or_none() is not None) == sees
    listed = {row.id for row in session.execute(rooms.listed(reader))}
    assert (tree["private"].id in listed) == sees
    assert len(listed) == 5 + sees
    below = {row.id for row in session.execute(rooms.below(tree["other"].id, reader))}
    assert below == ({tree["private"].id} if sees else set())


def test_an_administrator_sees_every_room(session, tree):
    reader = rooms.Reader("x", sees_all=True)
    assert len(session.execute(rooms.listed(reader)).all()) == len(tree)
    assert len(session.execute(rooms.managed(reader)).all()) == len(tree)


def test_a_private_room_above_is_not_named_to_those_outside(session, make, people):
    above = make.room("hub", None, is_private=True)
    room = make.room("local", "D-54", above)
    for account, name in ((people["member"], None), (people["hub"], above.name)):
        if name:
            make.joins(account, above)
        row = session.execute(rooms.by_slug(room.slug, rooms.Reader(account.id))).one()
        assert row.parent_name == name
        assert row.parent_slug == (above.slug if name else None)


def test_the_list_goes_from_the_national_level_down_a_page_at_a_time(session, tree):
    from consult.queries import paging

    seen, cursor = [], None
    for _page in range(4):
        query = rooms.listed(rooms.Reader(sees_all=True), cursor, 2)
        rows, cursor = paging.cut(
            session.execute(query).all(), lambda row: (row.altitude, row.name, row.id), 2
        )
        seen += [row.level for row in rows]
        if cursor is None:
            break
    assert seen == ["national", "hub", "hub", "local", "local", "local"]


def test_only_facilitators_who_agreed_are_named(session, make, tree, people):
    assert session.scalars(rooms.named(tree["hub"].id)).all() == []
    session.query(RoomMember).update({"is_named": True})
    session.commit()
    assert session.scalars(rooms.named(tree["hub"].id)).all() == [people["hub"].name]
    assert session.scalars(rooms.named(tree["private"].id)).all() == []


def test_people_are_counted_while_they_are_there(session, tree, people, now):
    reader = rooms.Reader(sees_all=True)
    row = session.execute(rooms.by_slug(tree["private"].slug, reader)).one()
    assert (row.facilitators, row.members) == (0, 1)
    session.query(RoomMember).update({"ended_at": now})
    session.commit()
    row = session.execute(rooms.by_slug(tree["private"].slug, reader)).one()
    assert (row.facilitators, row.members) == (0, 0)
    assert session.execute(rooms.people(tree["private"].id)).all() == []


def test_one_looks_after_the_rooms_one_holds(session, tree, people):
    rows = session.execute(rooms.managed(rooms.Reader(people["hub"].id))).all()
    assert {row.id for row in rows} == {tree[name].id for name in ("hub", "local", "second")}
    assert session.execute(rooms.managed(rooms.Reader())).all() == []


def test_a_line_and_what_is_under(session, tree):
    assert names(session, tree, rooms.line_of(tree["local"].id)) == {"local", "hub", "national"}
    assert names(session, tree, rooms.under(tree["hub"].id)) == {"hub", "local", "second"}
    assert session.scalar(select(Room.id).where(Room.id.in_(rooms.under("x")))) is None
