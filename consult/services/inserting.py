"""Insert a row once, whoever else is inserting the same at the same moment."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from ..models import Base

AT_ONCE = 500


def once(session: Session, model: type[Base], values: Mapping[str, Any]) -> bool:
    """Insert a row unless one with the same unique values is there; tell whether it was."""
    session.flush()
    return _count(session, _insert(session, model).values(**values)) == 1


def many(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert rows, leaving out those whose unique values are there; return how many were put."""
    session.flush()
    insert = _insert(session, model)
    return sum(
        _count(session, insert.values(list(rows[start : start + AT_ONCE])))
        for start in range(0, len(rows), AT_ONCE)
    )


def _insert(session: Session, model: type[Base]) -> Any:
    table = cast(Table, model.__table__)
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def _count(session: Session, statement: Any) -> int:
    # Without the option, the count of an INSERT is -1 on PostgreSQL: unknown, and true.
    kept = statement.on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    return session.execute(kept).rowcount  # type: ignore[attr-defined, no-any-return]
