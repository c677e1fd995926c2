"""The territories shipped with the application, and the program that makes them."""

import io
import json
import tarfile
from zoneinfo import ZoneInfo

import pytest

from consult import data
from consult.data import make_territories


def test_france_whole():
    rows = {row.code: row for row in data.read()}
    assert len(rows) == len(data.read()) == 127
    assert rows["FR"].parent == ""
    assert rows["R-44"] == ("R-44", "Grand Est", "region", "FR", "Europe/Paris")
    assert rows["D-54"] == ("D-54", "Meurthe-et-Moselle", "department", "R-44", "Europe/Paris")
    assert rows["D-974"].time_zone == rows["R-04"].time_zone == "Indian/Reunion"
    assert rows["C-988"].time_zone == "Pacific/Noumea"


def test_parents_come_first_and_zones_exist():
    seen = {""}
    for row in data.read():
        assert row.parent in seen
        seen.add(row.code)
        assert ZoneInfo(row.time_zone)


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
                {"code": "989", "nom": "Île de Clipperton", "region": "989", "zone": "com"},
            ],
        },
    )
    rows = make_territories.territories(package)
    assert [row.code for row in rows] == ["FR", "R-04", "D-974", "C-988"]
    make_territories.write(rows, tmp_path / "territories.csv")
    assert (tmp_path / "territories.csv").read_text("utf-8").splitlines()[3] == (
        "D-974,La Réunion,department,R-04,Indian/Reunion"
    )
    with pytest.raises(FileNotFoundError):
        make_territories.load(package, "empty")
