"""The check of the journal: the whole chain walked again, and what is found outside it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from ..domain import chain
from ..queries import journal as queries

AT_ONCE = 2000
NAMES = [column.key for column in queries.ENTRY]


@dataclass(frozen=True)
class Head:
    """An end of the chain: how many entries it holds, and its hash."""

    position: int
    hash: str


@dataclass(frozen=True)
class Verdict:
    """What a check saw; `fault` is empty when the chain holds, else it names the first fault.

    Faults: changed (an entry, its place or its seal), deleted (an entry), missing (a seal),
    inserted (an entry that the application did not write), head (one published before no longer
    stands in the chain). `entry` and `position` say where.
    """

    sealed: int
    waiting: int
    head: str
    fault: str = ""
    entry: int | None = None
    position: int | None = None


def verify(session: Session, *, published: Iterable[Head] = ()) -> Verdict:
    """Walk the chain from its first entry, then look for entries and heads that left it.

    `published` are heads kept outside the database; those that the database keeps are added.
    """
    kept = [Head(row.position, row.hash) for row in session.execute(queries.heads())]
    wanted = [*kept, *published]
    places = {head.position for head in wanted}
    seen: dict[int, str] = {}
    position, before = 0, chain.GENESIS
    with session.execute(queries.sealed().execution_options(yield_per=AT_ONCE)) as rows:
        for place, entry_id, digest, *said in rows:
            fault = _fault(place, digest, said, position + 1, before)
            if fault:
                return Verdict(position, 0, before, fault, entry_id, position + 1)
            position, before = place, digest
            if position in places:
                seen[position] = before
    for head in wanted:
        if seen.get(head.position) != head.hash:
            return Verdict(position, 0, before, "head", None, head.position)
    number = 0
    for entry, right in _beyond(session):
        if not right:
            return Verdict(position, number, before, "inserted", entry)
        number += 1
    return Verdict(position, number, before)


def _fault(place: int, digest: str, said: list[Any], position: int, before: str) -> str:
    """Name what is wrong with a seal and its entry, if anything."""
    if place != position:
        return "missing"
    if said[0] is None:
        return "deleted"
    entry = dict(zip(NAMES, said, strict=True))
    return "" if digest == chain.link(before, position, entry) else "changed"


def _beyond(session: Session) -> Iterator[tuple[int, bool]]:
    """Yield the entries that have no seal, each with whether the application wrote it."""
    for entry in session.scalars(queries.outside()):
        yield entry, False
    for row in session.execute(queries.waiting()).mappings():
        yield row["id"], chain.is_marked(dict(row))
