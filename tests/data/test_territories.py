"""The territories shipped with the application, and the program that makes them."""

import gzip
import io
import json
import tarfile
from collections import Counter
from zoneinfo import ZoneInfo

import pytest

from consult import data
from consult.data import make_territories
from consult.domain import places


@pytest.fixture(scope="module")
def official():
    return data.read()


def test_france_whole(official):
    rows = {row.code: row for row in official}
    assert len(rows) == len(official)
    # The official code counts an overseas collectivity as a region and as a département.
    assert Counter(row.kind for row in official) == {
        "country": 1,
        "region": 26 - 8,
        "department": 109 - 8,
        "collectivity": 8,
        "former-region": 16,
        "epci": 1_255,
        "commune": 34_969,
    }
    assert rows["FR"].parent == ""
    assert rows["R-44"][:5] == ("R-44", "Grand Est", "region", "FR", "Europe/Paris")
    assert rows["D-54"][:5] == (
        "D-54", "Meurthe-et-Moselle", "department", "R-44", "Europe/Paris",
    )  # fmt: skip
    assert rows["D-974"].time_zone == rows["R-04"].time_zone == "Indian/Reunion"
    assert rows["C-988"].time_zone == rows["M-98818"].time_zone == "Pacific/Noumea"


def test_communes_hold_their_postcodes_and_lie_where_they_should(official):
    rows = {row.code: row for row in official}
    nancy = rows["M-54395"]
    assert (nancy.name, nancy.parent, nancy.postcodes) == ("Nancy", "D-54", "54000 54100")
    assert "M-54395" in rows["E-245400676"].members.split()
    assert rows["E-245400676"].parent == "D-54"
    noumea = rows["M-98818"]
    assert (noumea.name, noumea.parent, noumea.postcodes) == ("Nouméa", "C-988", "98800")
    assert sum(row.parent == "C-988" for row in official) == 33
    assert rows["M-98731"].time_zone == "Pacific/Marquesas"
    assert rows["M-98719"].time_zone == "Pacific/Gambier"
    assert "75116" in rows["M-75056"].postcodes.split()


def test_arrondissements_name_the_postcodes_of_their_commune(official):
    rows, districts = {row.code: row for row in official}, data.districts()
    assert Counter(row.parent for row in districts) == {"M-75056": 20, "M-13055": 16, "M-69123": 9}
    for row in districts:
        assert set(row.postcodes.split()) <= set(rows[row.parent].postcodes.split())
        assert places.district(row.name)
        assert row.code not in rows
    wallis = [row.postcodes for row in official if row.parent == "C-986"]
    assert wallis == ["98610 98600", "98620 98600", "98600"]


def test_former_regions_share_out_the_mainland_between_them(official):
    former = [row for row in official if row.kind == "former-region"]
    parents = {row.code: row.parent for row in official}
    held = Counter(member for row in former for member in row.members.split())
    assert set(held.values()) == {1}
    for row in former:
        assert {parents[member] for member in row.members.split()} == {row.parent}
    whole = {"R-11", "R-24", "R-52", "R-53", "R-93", "R-94"}  # they did not change in 2016
    overseas = {"R-01", "R-02", "R-03", "R-04", "R-06"}
    others = {
        row.code
        for row in official
        if row.kind == "department" and row.parent not in whole | overseas
    }
    assert set(held) == others


def test_parents_come_first_and_zones_exist(official):
    seen = {""}
    for row in official:
        assert row.parent in seen
        seen.add(row.code)
        assert ZoneInfo(row.time_zone)


def test_each_departement_and_overseas_territory_has_one_square_of_its_own(official):
    tiles = data.tiles()
    squares = {row.code for row in official if row.kind in ("department", "collectivity")}
    assert set(tiles) == squares
    assert len(set(tiles.values())) == len(squares) == 109
    assert max(column for column, _row in tiles.values()) < 11  # 26 points each at 320 points


def test_squares_lie_as_the_places_do():
    tiles = data.tiles()
    for west, east in (("D-29", "D-67"), ("D-33", "D-38"), ("D-44", "D-21"), ("D-64", "D-06")):
        assert tiles[west][0] < tiles[east][0]
    for north, south in (("D-59", "D-75"), ("D-75", "D-13"), ("D-54", "D-88"), ("D-2B", "D-2A")):
        assert tiles[north][1] < tiles[south][1]


def test_no_official_code_is_that_of_a_grouping(official):
    assert not [row.code for row in official if places.is_grouping(row.code)]


def archive(path, tables):
    with tarfile.open(path, "w:gz") as package:
        for name, rows in tables.items():
            content = json.dumps(rows).encode()
            info = tarfile.TarInfo(f"package/data/{name}.json")
            info.size = len(content)
            package.addfile(info, io.BytesIO(content))
        package.addfile(tarfile.TarInfo("package/data/folder.json"))
        folder = tarfile.TarInfo("package/data/empty.json")
        folder.type = tarfile.DIRTYPE
        package.addfile(folder)
    return path


def commune(code, population, zone="drom"):
    return {
        "code": code,
        "nom": code,
        "type": "commune-actuelle",
        "departement": code[:3],
        "region": "04" if zone == "drom" else code[:3],
        "zone": zone,
        "population": population,
        "codesPostaux": [f"{code[:3]}00", f"{code[:3]}90"],
    }


DISTRICT = {
    "code": "97491",
    "nom": "S 1er Arrondissement",
    "type": "arrondissement-municipal",
    "commune": "97411",
    "codesPostaux": ["97490"],
    "population": 9,
}


def test_is_made_from_the_archive(tmp_path):
    package = archive(
        tmp_path / "package.tgz",
        {
            "regions": [
                {"code": "04", "nom": "La Réunion", "zone": "drom"},
                {"code": "988", "nom": "Nouvelle-Calédonie", "zone": "com"},
            ],
            "departements": [
                {"code": "974", "nom": "La Réunion", "region": "04", "zone": "drom"},
                {"code": "988", "nom": "Nouvelle-Calédonie", "region": "988", "zone": "com"},
            ],
            "communes": [commune("97411", 157_674), commune("97418", 1), commune("98818", 3, "com")]
            + [{"code": "97499", "type": "commune-associee"}, DISTRICT],
            "epci": [
                {
                    "code": "249740119",
                    "nom": "CINOR",
                    "populationMunicipale": 157_675,
                    "membres": [{"code": "97411"}, {"code": "97418"}, {"code": "97499"}],
                }
            ],
        },
    )
    rows = make_territories.territories(package)
    assert [row.code for row in rows] == [
        "FR", "R-04", "D-974", "C-988", "E-249740119", "M-97411", "M-97418", "M-98818", "P-97491",
    ]  # fmt: skip
    target = tmp_path / "territories.csv.gz"
    make_territories.write(rows, target)
    first = target.read_bytes()
    lines = gzip.decompress(first).decode("utf-8").splitlines()
    assert lines[3] == "D-974,La Réunion,department,R-04,Indian/Reunion,157675,,"
    assert lines[5] == ("E-249740119,CINOR,epci,D-974,Indian/Reunion,157675,M-97411 M-97418,")
    assert lines[6] == "M-97411,97411,commune,D-974,Indian/Reunion,157674,,97400 97490"
    assert lines[-1] == "P-97491,S 1er arrondissement,arrondissement,M-97411,Europe/Paris,9,,97490"
    make_territories.write(rows, target)
    assert target.read_bytes() == first
    with pytest.raises(FileNotFoundError):
        make_territories.load(package, "empty")
