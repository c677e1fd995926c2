"""What a text comes from and what was made of it, as far as its reader may know."""

from typing import NamedTuple

from ...access import viewer
from ...extensions import db
from ...models import Statement
from ...queries import carried, shapes
from ..consultations.load import reader
from .load import Seen


class Relative(NamedTuple):
    """Another text: where it is, its consultation, and what it is to the one shown."""

    url: str
    title: str
    is_origin: bool
    is_here: bool


def relatives(seen: Seen) -> list[Relative]:
    """Return the origin of a text, then the texts made of it."""
    one: Statement = seen.statement
    query = shapes.of(carried.made_of, statement_id=one.id)
    ids = list(db.session.scalars(*query))
    if one.carried_from_id is not None:
        ids.append(one.carried_from_id)
    if not ids:
        return []
    rows = db.session.execute(carried.shown(ids, reader(), viewer().participant_id, seen.now))
    found = [
        Relative(
            url=f"/{row.kind}s/{row.id}",
            title=row.title,
            is_origin=row.id == one.carried_from_id,
            is_here=row.consultation_id == one.consultation_id,
        )
        for row in rows
    ]
    return sorted(found, key=lambda other: not other.is_origin)
