"""Holding a row that was read, so that nobody else changes it until the commit."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain.errors import RuleBroken


def row(session: Session, found: Any) -> None:
    """Wait until nobody else changes a row, then read it again; until the commit, nobody does.

    Raises taken-away (404) when it went meanwhile.
    """
    table = type(found)
    query = select(table).where(table.id == found.id).with_for_update()
    if session.scalar(query.execution_options(populate_existing=True)) is None:
        raise RuleBroken("taken-away", 404)
