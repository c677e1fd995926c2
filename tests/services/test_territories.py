import time

import pytest
from sqlalchemy import delete, func, select

from consult import data
from consult.domain import places
from consult.domain.errors import RuleBroken
from consult.models import Postcode, Setting, Territory, TerritoryMember
from consult.queries import territories as tree
from consult.services import territories


def test_the_official_tree_is_loaded_once_in_seconds(session):
    begun = time.perf_counter()
    assert territories.load(session)
    assert time.perf_counter() - begun < 60  # ten seconds on a machine that does nothing else
    assert not territories.load(session)
    assert territories.counts(session) == {
        "country": 1,
        "region": 18,
        "department": 101,
        "collectivity": 8,
        "former-region": 16,
        "epci": 1_255,
        "commune": 34_969,
    }
    noumea = session.get(Territory, "M-98818")
    assert (noumea.name, noumea.search, noumea.parent_code) == ("Nouméa", "noumea", "C-988")
    assert noumea.path == "FR/C-988/M-98818/"
    misplaced = select(func.count()).where(Territory.path.not_like("FR/%"), Territory.code != "FR")
    assert session.scalar(misplaced) == 0
    assert noumea.population > 80_000
    for typed, code, district in (
        ("Paris 11", "M-75056", "Paris 11e arrondissement"),
        ("75116", "M-75056", "Paris 16e arrondissement"),
        ("75011 Paris", "M-75056", "Paris 11e arrondissement"),
        ("lyon 3e", "M-69123", "Lyon 3e arrondissement"),
        ("Marseille 1er", "M-13055", "Marseille 1er arrondissement"),
        ("54000", "M-54395", None),
    ):
        row = session.execute(tree.found(typed, limit=9)).one()
        assert (row.code, row.district) == (code, district)
        assert territories.named(session, typed).code == code
    assert session.execute(tree.found("Lyon 10", limit=9)).all() == []
    uvea = session.execute(tree.found("98600", limit=9)).all()
    assert [row.name for row in uvea] == ["Uvea", "Alo", "Sigave"]
    assert session.scalar(select(func.count()).select_from(TerritoryMember)) > 34_900
    lorraine = set(session.scalars(tree.within("A-41")))
    assert {"D-54", "D-55", "D-57", "D-88", "M-54395"} <= lorraine
    assert "D-51" not in lorraine
    session.rollback()


def test_the_upper_levels_come_first_in_an_empty_table(session):
    assert not territories.begin(session)
    for table in (Postcode, TerritoryMember):
        session.execute(delete(table))
    for code in ("M-54395", "M-98818", "E-245400676", "A-41", "D-54", "D-51", "C-988", "R-44"):
        session.execute(delete(Territory).where(Territory.code == code))
    session.execute(delete(Territory))
    assert territories.begin(session)
    assert set(territories.counts(session)) == {
        "country", "region", "department", "collectivity", "former-region",
    }  # fmt: skip
    official = territories.official(session)
    assert (official["region"], official["department"]) == (26, 109)
    session.rollback()


def test_another_state_of_the_data_is_written_over_the_first(session):
    older = [
        data.Territory("FR", "France", "country", "", "Europe/Paris"),
        data.Territory("D-01", "Ain (ancien)", "department", "FR", "Europe/Paris"),
        data.Territory("M-01001", "Village", "commune", "D-01", "Europe/Paris", postcodes="01000"),
        data.Territory(
            "E-1", "Groupe", "epci", "D-01", "Europe/Paris", members="M-01001", population="4"
        ),
    ]
    territories.write(session, older)
    newer = [
        *older[:1],
        older[1]._replace(name="Ain"),
        older[2]._replace(postcodes="01400"),
        older[3]._replace(members="D-01"),
    ]
    territories.write(session, newer)
    assert session.scalar(select(Territory.search).where(Territory.code == "D-01")) == "ain"
    assert list(session.scalars(select(Postcode.code))) == ["01400"]
    members = select(TerritoryMember.member_code).where(TerritoryMember.group_code == "E-1")
    assert list(session.scalars(members)) == ["D-01"]
    session.rollback()


def test_a_digest_of_other_data_loads_again(session):
    session.merge(Setting(key=territories.LOADED, value="0" * 64))
    session.flush()
    assert territories.load(session)
    kept = session.scalar(select(Setting.value).where(Setting.key == territories.LOADED))
    assert kept == data.digest()
    session.rollback()


@pytest.mark.parametrize(
    ("typed", "chosen", "code"),
    [
        ("", "", None),
        ("  ", None, None),
        ("", "D-54", "D-54"),
        ("54000", "", "M-54395"),
        ("54", "", "D-54"),
        ("marne", "", "D-51"),
        ("Nancy", "", "M-54395"),  # the very name, though the metropolis holds the word
        ("Nancy", "E-245400676", "E-245400676"),
        ("Nouméa", "D-54", "M-98818"),  # the choice is not what is typed any more
        ("Nouméa", "\u0661", "M-98818"),
        ("metropole du grand nancy", "", "E-245400676"),
    ],
)
def test_a_territory_is_found_by_what_is_typed(session, typed, chosen, code):
    found = territories.named(session, typed, chosen)
    assert (found and found.code) == code


@pytest.mark.parametrize(
    ("typed", "chosen", "broken"),
    [
        ("Atlantide", "", "territory-unknown"),
        ("99999", "D-54", "territory-unknown"),
        ("", "Z-99", "territory-unknown"),
        ("%", "", "territory-unknown"),
        ("gran", "", "territory-several"),
        ("n", "", "territory-several"),
        ("\x00", "", "text-unreadable"),
        ("Nancy", "\x00", "text-unreadable"),
        (["Nancy"], "", "text-unreadable"),
        ("a" * 121, "", "text-too-long"),
    ],
)
def test_what_names_none_or_several_is_refused(session, typed, chosen, broken):
    with pytest.raises(RuleBroken, match=broken):
        territories.named(session, typed, chosen)


@pytest.mark.parametrize(
    ("typed", "kept", "code"),
    [
        ("Grand Est", "R-44", "R-44"),
        ("grand-est", "R-44", "R-44"),
        ("Nancy", "R-44", "M-54395"),
        ("", "R-44", None),
    ],
)
def test_the_one_kept_counts_as_long_as_its_name_is_there(session, typed, kept, code):
    found = territories.named(session, typed, kept=kept)
    assert (found and found.code) == code
    with pytest.raises(RuleBroken, match="territory-several"):
        territories.named(session, "gran", kept="R-44")


def test_a_grouping_is_no_place_to_live_in(session):
    session.add(Territory(code="G-hub", name="Hub Nord", kind="grouping", time_zone="Europe/Paris"))
    session.flush()
    for typed, chosen in (("hub nord", ""), ("hub nord", "G-hub"), ("", "G-hub")):
        with pytest.raises(RuleBroken, match="territory-unknown"):
            territories.named(session, typed, chosen)
        assert territories.named(session, typed, chosen, groupings=True).code == "G-hub"
    assert territories.known(session, None) is None
    session.rollback()


def test_every_official_name_is_found_again_by_itself(session):
    """A name remembered with its code is sent back as it is, and must still be that territory."""
    longest = max(data.read(), key=lambda line: len(line.name))
    assert len(longest.name) <= places.NAME_LIMIT
    session.add(Territory(code="E-0", name=longest.name, kind="epci", time_zone="Europe/Paris"))
    session.flush()
    assert territories.named(session, longest.name, "E-0").code == "E-0"
    session.rollback()
