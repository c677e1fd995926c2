"""The check of the journal: the whole chain walked again, and what is found outside it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CursorResult
from sqlalchemy.orm import Session

from ..domain import chain
from ..queries import journal as queries

AT_ONCE = 2000


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
    with _chain(session) as rows:
        for row in rows:
            fault = _fault(row, position + 1, before)
            if fault:
                return Verdict(position, 0, before, fault, row[1], position + 1)
            position, before = row[0], row[2]
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


def _chain(session: Session) -> CursorResult[*tuple[Any, ...]]:
    """Return the chain, read a part at a time as plain rows."""
    query = queries.sealed(session.get_bind().dialect.name)
    options = {"stream_results": True, "yield_per": AT_ONCE}
    return session.connection().execute(query, execution_options=options)


def _fault(row: Sequence[Any], position: int, before: str) -> str:
    """Name what is wrong with a seal and its entry, if anything."""
    place, _entry, digest, number, mark, at, actor, act, subject, consultation_id, facts = row
    if place != position:
        return "missing"
    if number is None:
        return "deleted"
    try:
        said = chain.written_from(at, (actor, act, subject, consultation_id), facts)
    except (TypeError, ValueError):  # no instant, no word, no JSON: nobody wrote that here
        return "changed"
    right = chain.link_written(before, position, number, mark, said)
    return "" if digest == right else "changed"


def _beyond(session: Session) -> Iterator[tuple[int, bool]]:
    """Yield the entries that have no seal, each with whether the application wrote it."""
    for entry in session.scalars(queries.outside()):
        yield entry, False
    for row in session.execute(queries.waiting()).mappings():
        yield row["id"], chain.is_marked(dict(row))
