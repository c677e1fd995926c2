"""What aids work on: the public texts of a consultation, in the order of their ids."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy.orm import Session

from ...queries import readings as queries

AT_ONCE = 2_000


def read(session: Session, consultation_id: str, told: Callable[[int], None]) -> Iterator[Any]:
    """Read the texts, a part at a time; `told` is told how many were, after each part.

    The order is always the same, so that the same texts make the same aid.
    """
    last, done = "", 0
    while True:
        rows = session.execute(queries.texts(consultation_id, last).limit(AT_ONCE)).all()
        yield from rows
        done += len(rows)
        told(done)
        if len(rows) < AT_ONCE:
            return
        last = rows[-1].id
