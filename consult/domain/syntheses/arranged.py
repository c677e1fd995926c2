"""The order of the blocks of a synthesis: their numbers, and where one goes when it is moved."""

from collections.abc import Sequence
from typing import TypeVar

One = TypeVar("One")
CHAPTER, SECTION, PLAIN = 1, 2, 3


def numbers(ranks: Sequence[int]) -> list[str]:
    """Return the number of each block: "2" for a chapter, "2.1" in it, "2.1.1" in a section.

    What stands before the first chapter is "0.1", "0.2" and so on.
    """
    chapter = second = third = 0
    in_section, found = False, []
    for rank in ranks:
        if rank == CHAPTER:
            chapter, second, in_section = chapter + 1, 0, False
            found.append(str(chapter))
        elif rank == SECTION or not in_section:
            second, third, in_section = second + 1, 0, rank == SECTION
            found.append(f"{chapter}.{second}")
        else:
            third += 1
            found.append(f"{chapter}.{second}.{third}")
    return found


def moved(order: Sequence[One], ranks: Sequence[int], here: int, *, up: bool) -> list[One]:
    """Return the order once a block went one place up or down.

    A chapter goes with all that it holds, before or after its neighbour; so does a section. At
    either end nothing changes.
    """
    ends = _end(ranks, here)
    held, rest = list(order[here:ends]), [*order[:here], *order[ends:]]
    if up:
        place = _start_before(ranks, here)
    else:
        after = ends if ends == len(order) else _after(ranks, ends, ranks[here])
        place = after - len(held)
    return [*rest[:place], *held, *rest[place:]]


def _end(ranks: Sequence[int], here: int) -> int:
    """Return where what a block holds ends."""
    if ranks[here] == PLAIN:
        return here + 1
    after = range(here + 1, len(ranks))
    return next((place for place in after if ranks[place] <= ranks[here]), len(ranks))


def _start_before(ranks: Sequence[int], here: int) -> int:
    before = range(here - 1, -1, -1)
    return next((place for place in before if ranks[place] <= ranks[here]), 0)


def _after(ranks: Sequence[int], ends: int, own: int) -> int:
    """Return the place behind the neighbour below; the heading of something larger is entered."""
    return ends + 1 if ranks[ends] < own else _end(ranks, ends)
