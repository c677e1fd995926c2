"""Rebuilds territories.csv.gz from the npm package @etalab/decoupage-administratif.

Usage: python -m consult.data.make_territories etalab-decoupage-administratif-6.0.0.tgz

The archive is what `npm pack @etalab/decoupage-administratif@6.0.0` downloads. Its code is under
the MIT licence; its data is INSEE's Code officiel géographique, under the Licence Ouverte.
Codes: FR the country, R-84 a region, D-54 a département, C-988 an overseas collectivity, E- and
its SIREN number an EPCI, M-54395 a commune, A-42 a region as it was before 2016. An overseas
region is also a département, so La Réunion is R-04 and, inside it, D-974; an overseas collectivity
is neither, and stands once. A commune lies in its département, or in its collectivity; an EPCI
groups communes, sometimes of several départements, and lies where most of its people live. The
municipal arrondissements of Paris, Lyon and Marseille (P-75111) are no places of their own here:
their names and postcodes lead to the commune.
"""

import csv
import gzip
import io
import json
import sys
import tarfile
from collections import Counter
from pathlib import Path
from typing import Any

from . import DISTRICT, Territory

TARGET = Path(__file__).with_name("territories.csv.gz")
PARIS = "Europe/Paris"
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
    "989": "Pacific/Pitcairn",  # nobody lives on Clipperton; Pitcairn keeps the same hour
}
ARCHIPELAGOS = dict.fromkeys(
    ("98718", "98723", "98731", "98746", "98756", "98757"), "Pacific/Marquesas"
) | {"98719": "Pacific/Gambier"}
# What people write for the whole of Wallis and Futuna, beside the postcode of each commune.
SHARED_POSTCODES = dict.fromkeys(("98611", "98612"), "98600")
FORMER_REGIONS = {  # code of INSEE until 2015: name, region of today, départements
    "42": ("Alsace", "44", "67 68"),
    "72": ("Aquitaine", "75", "24 33 40 47 64"),
    "83": ("Auvergne", "84", "03 15 43 63"),
    "25": ("Basse-Normandie", "28", "14 50 61"),
    "26": ("Bourgogne", "27", "21 58 71 89"),
    "21": ("Champagne-Ardenne", "44", "08 10 51 52"),
    "43": ("Franche-Comté", "27", "25 39 70 90"),
    "23": ("Haute-Normandie", "28", "27 76"),
    "91": ("Languedoc-Roussillon", "76", "11 30 34 48 66"),
    "74": ("Limousin", "75", "19 23 87"),
    "41": ("Lorraine", "44", "54 55 57 88"),
    "73": ("Midi-Pyrénées", "76", "09 12 31 32 46 65 81 82"),
    "31": ("Nord-Pas-de-Calais", "32", "59 62"),
    "22": ("Picardie", "32", "02 60 80"),
    "54": ("Poitou-Charentes", "75", "16 17 79 86"),
    "82": ("Rhône-Alpes", "84", "01 07 26 38 42 69 73 74"),
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
    listed = load(archive, "communes")
    communes = [row for row in listed if row["type"] == "commune-actuelle"]
    departements = load(archive, "departements")
    zones = {row["region"]: TIME_ZONES.get(row["code"], PARIS) for row in departements}
    people = Counter[str]()
    for row in communes:
        people.update({key: row.get("population", 0) for key in _above(row)})
    regions = [
        Territory(f"R-{row['code']}", row["nom"], "region", "FR", zones[row["code"]])
        for row in load(archive, "regions")
        if row["zone"] != "com"
    ]
    upper = [
        Territory("FR", "France", "country", "", PARIS),
        *regions,
        *(_departement(row) for row in departements),
    ]
    known = {row.code for row in upper}
    return [
        *(row._replace(population=str(people[row.code])) for row in upper),
        *_former(known),
        *_epci(archive, {row["code"]: row for row in communes}),
        *(_commune(row) for row in communes),
        *(_district(row) for row in listed if row["type"] == "arrondissement-municipal"),
    ]


def _above(row: dict[str, Any]) -> tuple[str, str, str]:
    return ("FR", f"R-{row['region']}", _parent(row))


def _parent(row: dict[str, Any]) -> str:
    return f"{'C' if row['zone'] == 'com' else 'D'}-{row['departement']}"


def _departement(row: dict[str, Any]) -> Territory:
    zone = TIME_ZONES.get(row["code"], PARIS)
    if row["zone"] == "com":
        return Territory(f"C-{row['code']}", row["nom"], "collectivity", "FR", zone)
    return Territory(f"D-{row['code']}", row["nom"], "department", f"R-{row['region']}", zone)


def _former(known: set[str]) -> list[Territory]:
    return [
        Territory(
            f"A-{code}",
            name,
            "former-region",
            f"R-{today}",
            PARIS,
            members=" ".join(f"D-{departement}" for departement in departements.split()),
        )
        for code, (name, today, departements) in FORMER_REGIONS.items()
        if f"R-{today}" in known
    ]


def _epci(archive: Path, communes: dict[str, dict[str, Any]]) -> list[Territory]:
    found = []
    for row in load(archive, "epci"):
        members = [communes[one["code"]] for one in row["membres"] if one["code"] in communes]
        people = Counter[str]()
        for one in members:
            people[_parent(one)] += one.get("population", 0)
        parent = people.most_common(1)[0][0]
        found.append(
            Territory(
                f"E-{row['code']}",
                row["nom"],
                "epci",
                parent,
                TIME_ZONES.get(parent[2:], PARIS),
                str(row["populationMunicipale"]),
                " ".join(f"M-{one['code']}" for one in members),
            )
        )
    return found


def _district(row: dict[str, Any]) -> Territory:
    name, commune = row["nom"].replace("Arrondissement", "arrondissement"), f"M-{row['commune']}"
    known = {"population": str(row["population"]), "postcodes": " ".join(row["codesPostaux"])}
    return Territory(f"P-{row['code']}", name, DISTRICT, commune, PARIS, **known)


def _commune(row: dict[str, Any]) -> Territory:
    code = row["code"]
    postcodes = [*row.get("codesPostaux", ()), *filter(None, [SHARED_POSTCODES.get(code)])]
    zone = ARCHIPELAGOS.get(code) or TIME_ZONES.get(row["departement"], PARIS)
    return Territory(
        f"M-{code}",
        row["nom"],
        "commune",
        _parent(row),
        zone,
        str(row.get("population", 0)),
        postcodes=" ".join(postcodes),
    )


def write(rows: list[Territory], target: Path) -> None:
    """Write the territories as compressed CSV, the same bytes for the same rows."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(Territory._fields)
    writer.writerows(rows)
    target.write_bytes(gzip.compress(lines.getvalue().encode("utf-8"), 9, mtime=0))


if __name__ == "__main__":
    write(territories(Path(sys.argv[1])), TARGET)
