"""Rebuilds territories.csv from the npm package @etalab/decoupage-administratif.

Usage: python -m consult.data.make_territories etalab-decoupage-administratif-6.0.0.tgz

The archive is what `npm pack @etalab/decoupage-administratif@6.0.0` downloads. Its code is under
the MIT licence; its data is INSEE's Code officiel géographique, under the Licence Ouverte.
Codes: FR the country, R-84 a region, D-54 a département, C-988 an overseas collectivity. An
overseas region is also a département, so La Réunion is R-04 and, inside it, D-974. Clipperton,
where nobody lives and which has no time zone of its own, is left out.
"""

import csv
import json
import sys
import tarfile
from pathlib import Path
from typing import Any

from . import Territory

TARGET = Path(__file__).with_name("territories.csv")
PARIS = "Europe/Paris"
UNINHABITED = {"989"}
TIME_ZONES = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "984": "Indian/Kerguelen",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
}


def load(archive: Path, name: str) -> list[dict[str, Any]]:
    """Return one table of the package's archive."""
    with tarfile.open(archive) as package:
        member = package.extractfile(f"package/data/{name}.json")
        if member is None:
            raise FileNotFoundError(name)
        rows: list[dict[str, Any]] = json.load(member)
        return rows


def territories(archive: Path) -> list[Territory]:
    """Return every territory, each after the one it belongs to."""
    departements = load(archive, "departements")
    zones = {row["region"]: TIME_ZONES.get(row["code"], PARIS) for row in departements}
    regions = [
        Territory(f"R-{row['code']}", row["nom"], "region", "FR", zones[row["code"]])
        for row in load(archive, "regions")
        if row["zone"] != "com"
    ]
    return [
        Territory("FR", "France", "country", "", PARIS),
        *regions,
        *(_departement(row) for row in departements if row["code"] not in UNINHABITED),
    ]


def _departement(row: dict[str, Any]) -> Territory:
    zone = TIME_ZONES.get(row["code"], PARIS)
    if row["zone"] == "com":
        return Territory(f"C-{row['code']}", row["nom"], "collectivity", "FR", zone)
    return Territory(f"D-{row['code']}", row["nom"], "department", f"R-{row['region']}", zone)


def write(rows: list[Territory], target: Path) -> None:
    """Write the territories as CSV."""
    with target.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(Territory._fields)
        writer.writerows(rows)


if __name__ == "__main__":
    write(territories(Path(sys.argv[1])), TARGET)
