"""Groupings made by administrators: named once, holding territories, deleted when nothing uses."""

import pytest
from sqlalchemy import delete, select, text
from sqlalchemy.exc import IntegrityError

from consult import data
from consult.domain.errors import RuleBroken
from consult.models import JournalEntry, Territory, TerritoryContact, TerritoryMember
from consult.queries import territories as tree
from consult.services import consultations, groupings, territories

BY = "account:x"


@pytest.fixture
def create(session, now):
    def one(name="Océan Pacifique", time_zone="Pacific/Noumea", **members):
        code = groupings.create(session, name=name, time_zone=time_zone, by=BY, now=now)
        session.commit()
        return session.get_one(Territory, code)

    yield one
    session.rollback()
    for model, column in (
        (TerritoryContact, TerritoryContact.territory_code),
        (TerritoryMember, TerritoryMember.group_code),
        (Territory, Territory.code),
    ):
        session.execute(delete(model).where(column.startswith("G-")))
    session.commit()


def add(session, grouping, code, now):
    return groupings.add(session, grouping, session.get_one(Territory, code), by=BY, now=now)


def version(grouping):
    return consultations.stamp(groupings.values_of(grouping))


def change(session, grouping, now, **values):
    values = {**groupings.values_of(grouping), "version": version(grouping)} | values
    groupings.change(session, grouping, values=values, by=BY, now=now)


def test_a_grouping_has_a_name_an_hour_and_a_code_of_its_own(session, create):
    made = create()
    assert (made.code, made.kind, made.parent_code) == ("G-oceanpacifique", "grouping", None)
    assert (made.search, made.time_zone, made.path) == (
        "ocean pacifique", "Pacific/Noumea", "G-oceanpacifique/",
    )  # fmt: skip
    assert create("Océan-Pacifiques").code == "G-oceanpacifique2"
    acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()
    assert acts == ["grouping.created"] * 2


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": " "}, "grouping-name-missing"),
        ({"name": "%_"}, "grouping-name-missing"),
        ({"name": "a" * 121}, "text-too-long"),
        ({"name": "\x00"}, "text-unreadable"),
        ({"name": ["a"]}, "text-unreadable"),
        ({"time_zone": "Mars/X"}, "zone-unknown"),
        ({"time_zone": None}, "zone-unknown"),
        ({"name": "OCEAN pacifique"}, "grouping-name-taken"),
    ],
)
def test_what_cannot_be_is_refused(session, create, now, values, code):
    made = create()
    wanted = {"name": "Hub", "time_zone": "Europe/Paris"} | values
    with pytest.raises(RuleBroken, match=code):
        groupings.create(session, **wanted, by=BY, now=now)
    other = create("Autre")
    with pytest.raises(RuleBroken, match=code):
        change(session, other, now, **wanted)
    session.rollback()
    assert session.scalar(select(Territory.name).where(Territory.code == made.code))


def test_so_many_codes_alike_are_refused(session, create, now, monkeypatch):
    create()
    monkeypatch.setattr(groupings, "MOST_CODES", 2)
    with pytest.raises(RuleBroken, match="grouping-name-taken"):
        create("Océan pacifique du Sud")


def test_a_grouping_is_renamed_and_keeps_its_code(session, create, now):
    made = create()
    change(session, made, now, name="Pacifique", time_zone="Pacific/Tahiti")
    session.commit()
    session.refresh(made)
    assert (made.code, made.name, made.search) == ("G-oceanpacifique", "Pacifique", "pacifique")
    assert made.time_zone == "Pacific/Tahiti"
    with pytest.raises(RuleBroken, match="stale") as broken:
        change(session, made, now, version="old")
    assert broken.value.status == 409


def test_a_name_taken_meanwhile_is_told_by_the_database(session, create, now, monkeypatch):
    create("Hub")
    other = create("Autre")
    monkeypatch.setattr(groupings, "_refuse_name", lambda *_facts, **_more: None)
    with pytest.raises(RuleBroken, match="grouping-name-taken"):
        change(session, other, now, name="Hub")


def test_it_holds_any_territory_and_what_lies_in_it(session, create, now):
    made = create("Hub")
    assert add(session, made, "E-245400676", now)
    assert add(session, made, "C-988", now)
    assert not add(session, made, "C-988", now)
    session.commit()
    assert set(session.scalars(tree.within(made.code))) == {
        "G-hub", "E-245400676", "M-54395", "C-988", "M-98818",
    }  # fmt: skip
    assert "G-hub" in session.scalars(tree.above("M-98818")).all()
    assert "G-hub" in session.scalars(tree.above("M-54395")).all()
    assert "G-hub" not in session.scalars(tree.above("D-51")).all()
    groupings.remove(session, made, "C-988", by=BY, now=now)
    session.commit()
    assert "M-98818" not in session.scalars(tree.within(made.code)).all()
    with pytest.raises(RuleBroken) as broken:
        groupings.remove(session, made, "C-988", by=BY, now=now)
    assert (broken.value.code, broken.value.status) == ("grouping-member-unknown", 404)


def test_a_former_region_in_it_brings_its_departements(session, create, now):
    made = create("Hub")
    add(session, made, "A-41", now)
    session.commit()
    assert {"A-41", "D-54", "M-54395"} <= set(session.scalars(tree.within(made.code)))


def test_it_holds_no_grouping_and_not_too_much(session, create, now, monkeypatch):
    made, other = create("Hub"), create("Autre")
    with pytest.raises(RuleBroken, match="grouping-in-grouping"):
        groupings.add(session, made, other, by=BY, now=now)
    for member in (other.code, made.code):
        session.add(TerritoryMember(group_code=made.code, member_code=member))
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()
    monkeypatch.setattr(groupings, "MOST_MEMBERS", 1)
    add(session, made, "C-988", now)
    with pytest.raises(RuleBroken, match="grouping-full"):
        add(session, made, "D-54", now)


@pytest.mark.parametrize(
    ("code", "kind"), [("G-x", "commune"), ("M-x", "grouping"), ("FR2", "grouping")]
)
def test_the_database_keeps_their_codes_apart(session, code, kind):
    session.add(Territory(code=code, name="X", kind=kind, time_zone="Europe/Paris"))
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_the_official_tree_never_touches_them(session, create, now):
    made = create("Hub")
    add(session, made, "D-54", now)
    session.flush()
    territories.write(session, data.read()[:140])
    session.expire_all()
    assert (made.name, made.kind) == ("Hub", "grouping")
    held = select(TerritoryMember.member_code).where(TerritoryMember.group_code == made.code)
    assert session.scalars(held).all() == ["D-54"]
    session.rollback()


def test_an_unused_one_is_deleted_with_what_it_held(session, create, now):
    made = create("Hub")
    add(session, made, "D-54", now)
    session.add(TerritoryContact(territory_code=made.code, name="Ada"))
    session.commit()
    groupings.discard(session, made, by=BY, now=now)
    session.commit()
    for column in (Territory.code, TerritoryMember.group_code, TerritoryContact.territory_code):
        assert session.scalar(select(column).where(column == "G-hub")) is None
    for act in (
        lambda: groupings.discard(session, made, by=BY, now=now),
        lambda: add(session, made, "D-51", now),
        lambda: change(session, made, now, name="Encore"),
    ):
        with pytest.raises(RuleBroken) as broken:
            act()
        assert (broken.value.code, broken.value.status) == ("grouping-unknown", 404)


def test_a_used_one_stays(session, make, create, now):
    made = create("Hub")
    about = make.consultation(territory_code=made.code)
    with pytest.raises(RuleBroken, match="grouping-used") as broken:
        groupings.discard(session, made, by=BY, now=now)
    assert broken.value.status == 409
    about.territory_code = None
    session.commit()
    make.answer(make.question(make.theme(about)), territory_code=made.code)
    with pytest.raises(RuleBroken, match="grouping-used"):
        groupings.discard(session, made, by=BY, now=now)
    session.rollback()
    session.execute(text("update statement set territory_code = null"))
    session.commit()
