"""The official tree of territories, loaded from the data shipped with the package."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .. import data
from ..models import Territory


def load(session: Session, lines: Sequence[data.Territory]) -> int:
    """Write the territories that are missing, parents first; return how many were written."""
    if session.scalar(select(func.count()).select_from(Territory)) == len(lines):
        return 0
    known = set(session.scalars(select(Territory.code)))
    fresh = [line for line in lines if line.code not in known]
    for line in fresh:
        session.add(
            Territory(
                code=line.code,
                name=line.name,
                kind=line.kind,
                parent_code=line.parent or None,
                time_zone=line.time_zone,
            )
        )
        session.flush()
    return len(fresh)
