"""Small numbers in public tables: below five people, one could tell who they are."""

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 5


@dataclass(frozen=True)
class Masked:
    """The rows that are shown, and those that are only shown together: how many, adding up to what.

    The rows keep their order. `together` is 0 when nothing had to be masked.
    """

    rows: list[tuple[str, int]]
    folded: int = 0
    together: int = 0


def masked(rows: Sequence[tuple[str, int]]) -> Masked:
    """Return a table without its small cells, so that no total gives one of them back.

    Cells below FEWEST are added up; while a single cell, or fewer than FEWEST people, would be
    behind that sum, the next smallest cell joins it, the last of equal ones. A table whose whole
    is below FEWEST shows nothing but how many rows it had.
    """
    order = sorted(range(len(rows)), key=lambda place: (rows[place][1], -place))
    hidden = {place for place in order if 0 < rows[place][1] < FEWEST}
    rest = [place for place in order if rows[place][1] >= FEWEST]

    def total() -> int:
        return sum(rows[place][1] for place in hidden)

    while hidden and rest and (len(hidden) < 2 or total() < FEWEST):
        hidden.add(rest.pop(0))
    together = total()
    shown = [row for place, row in enumerate(rows) if place not in hidden]
    return Masked(shown, len(hidden), together if together >= FEWEST else 0)
