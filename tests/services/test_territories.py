import time

from sqlalchemy import delete, func, select

from consult import data
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
    assert noumea.population > 80_000
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
