"""The tree of territories, from any point down."""

from typing import Any

from sqlalchemy import BindParameter, Select, select
from sqlalchemy.orm import aliased

from ..models import Territory


def within(code: str | BindParameter[str]) -> Select[str]:
    """Select the codes of a territory and of all that lies in it."""
    tree = select(Territory.code).where(Territory.code == code).cte(recursive=True)
    inner = aliased(Territory)
    tree = tree.union(select(inner.code).join(tree, inner.parent_code == tree.c.code))
    return select(tree.c.code)


def inside(code: str | None) -> Select[*tuple[Any, ...]]:
    """Select the code, name and kind of a territory and of all that lies in it; None is all."""
    query = select(Territory.code, Territory.name, Territory.kind)
    return query if code is None else query.where(Territory.code.in_(within(code)))
