"""The official tree of territories, loaded from the data shipped with the package."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..models import Territory


def load(session: Session, rows: Iterable[dict[str, Any]]) -> int:
    """Write the territories that are missing, parents first; return how many were written."""
    rows = list(rows)
    if session.scalar(select(func.count()).select_from(Territory)) == len(rows):
        return 0
    known = set(session.scalars(select(Territory.code)))
    fresh = [row for row in rows if row["code"] not in known]
    for row in fresh:
        session.add(
            Territory(
                code=row["code"],
                name=row["name"],
                kind=row["kind"],
                parent_code=row["parent"] or None,
                time_zone=row["time_zone"],
            )
        )
        session.flush()
    return len(fresh)
