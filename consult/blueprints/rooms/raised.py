"""The matters that rooms raised, as the pages of what they began with tell of them."""

from collections.abc import Sequence
from typing import Any

from ...extensions import db
from ...models import Statement
from ...queries import matter_pages
from . import load


def from_document(document_id: str) -> Sequence[Any]:
    """Return the matters that a document of a room began, those that the reader may know of."""
    query = matter_pages.of_document(document_id, load.reader())
    return db.session.execute(query).all()


def from_text(statement: Statement) -> Any:
    """Return the matter that a published text began, if the reader may know of it."""
    if statement.state != "published":
        return None
    query = matter_pages.of_statement(statement.id, load.reader())
    return db.session.execute(query).first()
