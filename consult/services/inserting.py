"""Insert a row once, whoever else is inserting the same at the same moment."""

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from ..models import Base


def once(session: Session, model: type[Base], values: Mapping[str, Any]) -> bool:
    """Insert a row unless one with the same unique values is there; tell whether it was."""
    session.flush()
    table = cast(Table, model.__table__)
    if session.get_bind().dialect.name == "postgresql":
        return _count(session, postgresql.insert(table).values(**values).on_conflict_do_nothing())
    return _count(session, sqlite.insert(table).values(**values).on_conflict_do_nothing())


def _count(session: Session, statement: Any) -> bool:
    # Without the option, the count of an INSERT is -1 on PostgreSQL: unknown, and true.
    kept = statement.execution_options(preserve_rowcount=True)
    return session.execute(kept).rowcount == 1  # type: ignore[attr-defined, no-any-return]
