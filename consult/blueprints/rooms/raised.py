"""The matters that rooms raised, as the pages of what they began with tell of them."""

from typing import Any

from ...extensions import db
from ...models import Statement
from ...queries import matter_pages
from . import load


def from_text(statement: Statement) -> Any:
    """Return the matter that a published text began, if the reader may know of it."""
    if statement.state != "published":
        return None
    query = matter_pages.of_statement(statement.id, load.reader())
    return db.session.execute(query).first()
