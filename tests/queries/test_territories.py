import pytest
from sqlalchemy import select

from consult.models import Territory
from consult.queries import territories

EVERY = {
    "FR", "R-44", "D-54", "D-51", "C-988", "A-41", "E-245400676", "M-54395", "M-98818",
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("FR", EVERY),
        ("R-44", EVERY - {"FR", "C-988", "M-98818"}),
        ("D-54", {"D-54", "E-245400676", "M-54395"}),
        ("A-41", {"A-41", "D-54", "E-245400676", "M-54395"}),
        ("E-245400676", {"E-245400676", "M-54395"}),
        ("C-988", {"C-988", "M-98818"}),
        ("M-54395", {"M-54395"}),
        ("nowhere", set()),
    ],
)
def test_within_goes_down_the_tree(session, code, expected):
    assert set(session.scalars(territories.within(code))) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (None, {"FR", "R-44", "D-54", "D-51", "C-988"}),
        ("FR", {"FR", "R-44", "D-54", "D-51", "C-988"}),
        ("R-44", {"R-44", "D-54", "D-51"}),
        ("D-54", {"D-54", "E-245400676"}),
        ("A-41", {"A-41", "D-54"}),
        ("E-245400676", {"E-245400676", "M-54395"}),
        ("C-988", {"C-988", "M-98818"}),
        ("M-54395", {"M-54395"}),
    ],
)
def test_a_list_offers_a_level_or_two_and_never_every_commune(session, code, expected):
    assert {row.code for row in session.execute(territories.inside(code))} == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("54000", ["M-54395"]),
        ("54 100", ["M-54395"]),
        ("99999", []),
        ("nancy", ["M-54395", "E-245400676"]),
        ("NANÇ", ["M-54395", "E-245400676"]),
        ("noumea", ["M-98818"]),
        ("nouvelle caledonie", ["C-988"]),
        ("caledonie", ["C-988"]),
        ("lorraine", ["A-41"]),
        ("54", ["D-54"]),
        ("988", ["C-988"]),
        ("1", []),
        ("ancy", []),
        ("%", []),
        ("_", []),
        ("", []),
    ],
)
def test_a_place_is_found_by_postcode_or_by_name_without_accents(session, typed, expected):
    rows = session.execute(territories.found(typed, limit=9)).all()
    assert [row.code for row in rows] == expected
    for row in rows:
        assert row.parent_name


def test_the_very_name_comes_first_then_the_most_inhabited(session):
    for code, name, population in (
        ("M-1", "Sainte-Nancy", 9), ("M-2", "Nancyville", 1), ("M-3", "Nancyland", 5),
    ):  # fmt: skip
        session.add(
            Territory(
                code=code,
                name=name,
                kind="commune",
                time_zone="Europe/Paris",
                population=population,
            )
        )
    session.flush()
    rows = session.execute(territories.found("nancy", limit=4)).all()
    assert [row.code for row in rows] == ["M-54395", "M-3", "M-2", "M-1"]
    session.rollback()


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("M-54395", ["FR", "R-44", "D-54", "A-41", "E-245400676"]),
        ("D-54", ["FR", "R-44", "A-41"]),
        ("A-41", ["FR", "R-44"]),
        ("M-98818", ["FR", "C-988"]),
        ("FR", []),
        ("nowhere", []),
    ],
)
def test_around_is_what_a_place_lies_in_or_is_grouped_by(session, code, expected):
    rows = session.execute(territories.around_and_inside(code)).all()
    assert [row.code for row in rows if not row.is_inside] == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("FR", ["R-44", "C-988"]),
        ("R-44", ["D-51", "D-54", "A-41"]),
        ("D-54", ["E-245400676"]),
        ("A-41", ["D-54"]),
        ("E-245400676", ["M-54395"]),
        ("C-988", ["M-98818"]),
        ("M-54395", []),
    ],
)
def test_one_goes_down_a_level_at_a_time(session, code, expected):
    rows = session.execute(territories.around_and_inside(code)).all()
    assert [row.code for row in rows if row.is_inside] == expected


def test_the_widest_come_first_and_only_they_are_told_of(session):
    assert [row.code for row in session.execute(territories.widest())] == ["R-44", "C-988"]
    assert list(session.scalars(territories.listed())) == ["C-988", "D-51", "D-54", "FR", "R-44"]


def test_squares_are_the_departements_and_the_overseas_territories(session):
    rows = session.execute(territories.squares())
    assert {row.code for row in rows} == {"D-54", "D-51", "C-988"}


def test_a_territory_whose_place_is_not_known_holds_nothing(session):
    session.add(
        Territory(code="M-0", name="Nulle", kind="commune", time_zone="Europe/Paris", path="")
    )
    session.flush()
    assert session.scalars(territories.within("M-0")).all() == []
    session.rollback()


def test_each_territory_lies_under_its_parent(session):
    rows = session.execute(select(Territory.code, Territory.path)).all()
    paths = {row.code: row.path for row in rows}
    assert paths["M-54395"] == "FR/R-44/D-54/M-54395/"
    assert paths["M-98818"] == "FR/C-988/M-98818/"


def test_groupings_are_offered_only_where_they_will_do(session):
    session.add(
        Territory(code="G-nancy", name="Nancy et autour", kind="grouping", time_zone="Europe/Paris")
    )
    session.flush()
    for will_do in (True, False):
        rows = session.execute(territories.found("nancy", limit=9, groupings=will_do)).all()
        assert ("G-nancy" in {row.code for row in rows}) is will_do
    rows = session.execute(territories.widest())
    assert [row.code for row in rows] == ["R-44", "C-988", "G-nancy"]
    session.rollback()


def test_one_calls_nobody_where_there_is_no_contact(session):
    place = select(Territory.code).select_from(Territory).where(Territory.code == "M-54395")
    row = session.execute(territories.with_contact(place, "M-54395")).one()
    assert tuple(row) == ("M-54395", None, None)


def test_a_department_that_is_a_whole_region_is_offered_once(session):
    zone = {"name": "Guadeloupe", "time_zone": "America/Guadeloupe"}
    session.add(Territory(code="R-01", kind="region", parent_code="FR", **zone))
    session.flush()
    session.add(Territory(code="D-971", kind="department", parent_code="R-01", **zone))
    session.flush()
    for code in (None, "R-01"):
        found = [row.code for row in session.execute(territories.inside(code))]
        assert "R-01" in found
        assert "D-971" not in found
