"""What aids work on: the public texts of a consultation, in the order of their ids."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from ...queries import readings as queries

Of = Callable[[str, str], Select[tuple[Any, ...]]]

AT_ONCE = 2_000


def read(
    session: Session,
    consultation_id: str,
    told: Callable[[int], None],
    of: Of = queries.texts,
) -> Iterator[Any]:
    """Read the texts, a part at a time; `told` is told how many were, after each part.

    The order is always the same, so that the same texts make the same aid. `of` selects the texts
    of a consultation after an id.
    """
    last, done = "", 0
    while True:
        rows = session.execute(of(consultation_id, last).limit(AT_ONCE)).all()
        yield from rows
        done += len(rows)
        told(done)
        if len(rows) < AT_ONCE:
            return
        last = rows[-1].id
