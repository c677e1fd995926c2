"""The tree of territories, from any point down."""

from typing import Any

from sqlalchemy import BindParameter, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from ..models import Postcode, Territory, TerritoryMember

WIDE = ("country", "region", "department", "collectivity")
COMMUNE, EPCI, GROUPING, FORMER = "commune", "epci", "grouping", "former-region"
Rows = Select[*tuple[Any, ...]]


def within(code: str | BindParameter[str]) -> Select[str]:
    """Select the codes of a territory, of what it groups and of all that lies in them."""
    first, second = aliased(TerritoryMember), aliased(TerritoryMember)
    own = select(Territory.code).where(Territory.code == code)
    grouped = select(first.member_code).where(first.group_code == code)
    further = (
        select(second.member_code)
        .join(first, first.member_code == second.group_code)
        .where(first.group_code == code)
    )
    seeds = own.union(grouped, further).subquery()
    tree = select(seeds.c.code).cte(recursive=True)
    inner = aliased(Territory)
    tree = tree.union(select(inner.code).join(tree, inner.parent_code == tree.c.code))
    return select(tree.c.code)


def inside(code: str | None) -> Rows:
    """Select what a list offers of a territory: itself and what it is made of, a level or two.

    A country and a region offer down to their départements, a département its EPCI, an EPCI and an
    overseas collectivity their communes. None is the whole of France.
    """
    query = select(Territory.code, Territory.name, Territory.kind)
    if code is None:
        return query.where(Territory.kind.in_(WIDE))
    grouped = select(TerritoryMember.member_code).where(TerritoryMember.group_code == code)
    wanted = [
        Territory.code == code,
        Territory.code.in_(grouped),
        and_(Territory.kind.in_(WIDE), Territory.code.in_(within(code))),
        and_(Territory.kind == EPCI, Territory.parent_code == code),
    ]
    if code.startswith("C-"):
        wanted.append(Territory.parent_code == code)
    return query.where(or_(*wanted))
