"""What is kept and told of opinion groups, once they are found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Shares:
    """A statement by its id: in each group, how many saw it and how many agreed, disagreed."""

    statement: str
    seen: list[int]
    agree: list[int]
    disagree: list[int]


@dataclass(frozen=True)
class Summary:
    """The groups that opinions make: their sizes, what they are known by and share.

    `typical` gives each group its statements, the most telling first. `points` are the squares of
    the map where at least five people are: column, row, place of the group, people. Where the
    groups are fragile, all but `people` is empty.
    """

    people: int
    sizes: list[int]
    typical: list[list[Shares]]
    shared: list[Shares]
    divides: list[Shares]
    points: list[tuple[int, int, int, int]]


def read(raw: dict[str, Any]) -> Summary:
    """Return the summary that a mapping of its fields holds, as `dataclasses.asdict` gives them."""

    def shares(rows: Sequence[dict[str, Any]]) -> list[Shares]:
        return [Shares(**row) for row in rows]

    return Summary(
        people=raw["people"],
        sizes=raw["sizes"],
        typical=[shares(rows) for rows in raw["typical"]],
        shared=shares(raw["shared"]),
        divides=shares(raw["divides"]),
        points=[(x, y, group, people) for x, y, group, people in raw["points"]],
    )
