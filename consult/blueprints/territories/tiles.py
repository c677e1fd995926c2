"""The tile map: one square a département or overseas territory, drawn beside a list of them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from flask import current_app

from ... import data
from ...extensions import db
from ...queries import territories

SIDE = 26
TALL = 36  # where a square holds a number under its name
KEPT = "tile_map"


class Tile(NamedTuple):
    """A square: where it stands, what it says, where it leads; `level` goes from 0 to 2."""

    code: str
    name: str
    x: int
    y: int
    url: str = ""
    value: int | None = None
    level: int = 0

    @property
    def number(self) -> str:
        """What is written in it: the number of the département."""
        return self.code.partition("-")[2]


@dataclass(frozen=True)
class Map:
    """All the squares, in the order one reads them, and the size of the drawing."""

    tiles: list[Tile]
    side: int = SIDE

    @property
    def filled(self) -> list[Tile]:
        """The squares that count something, the fullest first."""
        counted = (one for one in self.tiles if one.value)
        return sorted(counted, key=lambda one: (-(one.value or 0), one.name))

    @property
    def width(self) -> int:
        """The width of the drawing."""
        return SIDE * (1 + max(column for column, _row in data.tiles().values()))

    @property
    def height(self) -> int:
        """The height of the drawing."""
        return self.side * (1 + max(row for _column, row in data.tiles().values()))


def places(held: Collection[str] | None = None) -> Map:
    """Return the map of the territories, each leading to its page; `held` alone are named."""
    return Map(
        [
            Tile(code, name, *_at(code, SIDE), url=f"/territories/{code}", level=1)
            if held is None or code in held
            else Tile(code, "", *_at(code, SIDE))
            for code, name in names().items()
        ]
    )


def choices(url: Callable[[str], str], chosen: str | None = None) -> Map:
    """Return the map whose squares narrow a list, the chosen one standing out."""
    return Map(
        [
            Tile(code, name, *_at(code, SIDE), url=url(code), level=2 if code == chosen else 1)
            for code, name in names().items()
        ]
    )


def numbers(values: Mapping[str, int], url: Callable[[str], str]) -> Map:
    """Return the map of how many there are in each territory, those with some leading to them."""
    most = max(values.values(), default=0)
    return Map(
        [
            Tile(
                code,
                name,
                *_at(code, TALL),
                url=url(code) if values.get(code) else "",
                value=values.get(code, 0),
                level=level(values.get(code, 0), most),
            )
            for code, name in names().items()
        ],
        TALL,
    )


def level(value: int, most: int) -> int:
    """Return 0 for none, 2 for more than half of the most, 1 in between."""
    return 0 if not value else 2 if 2 * value > most else 1


def names() -> dict[str, str]:
    """Return the names of the squares, read once: they only change when the site starts."""
    known: dict[str, str] = current_app.extensions.get(KEPT, {})
    if not known:
        rows = db.session.execute(territories.squares())
        known = {row.code: row.name for row in rows if row.code in data.tiles()}
        known = {code: known[code] for code in data.tiles() if code in known}
        current_app.extensions[KEPT] = known
    return known


def _at(code: str, side: int) -> tuple[int, int]:
    column, row = data.tiles()[code]
    return column * SIDE, row * side
