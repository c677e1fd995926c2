"""Where the published syntheses use a text, for the page of that text."""

from typing import NamedTuple

from ...domain.syntheses import composed
from ...extensions import db
from ...models import Statement
from ...queries import extracts as queries

MOST_PARTS = 10


class Used(NamedTuple):
    """A part of a published synthesis that quotes a text."""

    slug: str
    synthesis: str
    part_id: str
    number: str
    label: str
    title: str


def of_text(statement: Statement) -> list[Used]:
    """Return the parts of the syntheses in force that quote a text; none while it is not public."""
    if statement.state != "published":
        return []
    rows = db.session.execute(queries.published_with(statement.id, statement.consultation_id))
    found = [
        Used(row.slug, row.title, part.id, part.number, part.label, part.title)
        for row in rows
        for part in composed.read(row.content).parts
        if any(quote.statement == statement.id for quote in part.quotes)
    ]
    return found[:MOST_PARTS]
