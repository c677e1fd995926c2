"""Reference data shipped with the application.

`make_territories.py` rebuilds the territories; the arrangement of the tile map is our own: one
square a département or overseas territory, by what lies beside what, then ocean by ocean.
"""

import csv
import gzip
import hashlib
import io
from functools import cache
from importlib import resources
from typing import NamedTuple

DISTRICT = "arrondissement"


class Territory(NamedTuple):
    """A line of territories.csv; `parent` is "" for the country, parents come first.

    `members` and `postcodes` are words separated by spaces.
    """

    code: str
    name: str
    kind: str
    parent: str
    time_zone: str
    population: str = ""
    members: str = ""
    postcodes: str = ""


def read() -> list[Territory]:
    """Return the territories of France, from the country to the communes."""
    return [row for row in _lines() if row.kind != DISTRICT]


def districts() -> list[Territory]:
    """Return the municipal arrondissements, whose `parent` is their commune."""
    return [row for row in _lines() if row.kind == DISTRICT]


def _lines() -> list[Territory]:
    text = gzip.decompress(_packed()).decode("utf-8")
    rows = csv.reader(io.StringIO(text, newline=""))
    next(rows)
    return [Territory(*row) for row in rows]


@cache
def digest() -> str:
    """Return what tells one state of the data from another."""
    return hashlib.sha256(_packed()).hexdigest()


@cache
def tiles() -> dict[str, tuple[int, int]]:
    """Return the column and the row of each square of the tile map, by the territory's code."""
    lines = (resources.files(__name__) / "tiles.txt").read_text("utf-8").splitlines()
    return {
        code: (column, row)
        for row, line in enumerate(lines)
        for column, code in enumerate(line.split())
        if code != "."
    }


def _packed() -> bytes:
    return (resources.files(__name__) / "territories.csv.gz").read_bytes()
