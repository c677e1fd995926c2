"""Reference data shipped with the application; `make_territories.py` rebuilds it."""

import csv
from importlib import resources
from typing import NamedTuple


class Territory(NamedTuple):
    """A line of territories.csv; `parent` is "" for the country, parents come first."""

    code: str
    name: str
    kind: str
    parent: str
    time_zone: str


def read() -> list[Territory]:
    """Return the territories of France: country, regions, départements, overseas."""
    path = resources.files(__name__) / "territories.csv"
    with path.open(encoding="utf-8") as lines:
        return [Territory(**row) for row in csv.DictReader(lines)]
