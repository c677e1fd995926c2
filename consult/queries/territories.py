"""The tree of territories, from any point down."""

from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased

from ..domain import places
from ..models import Territory, TerritoryMember

WIDE = ("country", "region", "department", "collectivity")
COMMUNE, EPCI, GROUPING, FORMER = "commune", "epci", "grouping", "former-region"
COUNTRY = "FR"
LEAVES = (EPCI, COMMUNE)
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
    below = select(inner.code).join(tree, inner.parent_code == tree.c.code)
    tree = tree.union(below.where(inner.kind.in_(WIDE)))
    # The communes, thirty-five thousand of them, are the ends of branches: one look is enough.
    held = select(tree.c.code)
    return select(Territory.code).where(
        or_(Territory.code.in_(held), Territory.parent_code.in_(held))
    )


def inside(code: str | None) -> Rows:
    """Select what a list offers of a territory: itself and what it is made of, a level or two.

    A country and a region offer down to their départements, a département its EPCI, an EPCI and an
    overseas collectivity their communes. None is the whole of France.
    """
    query = select(Territory.code, Territory.name, Territory.kind)
    if code in (None, COUNTRY):
        return query.where(Territory.kind.in_(WIDE))
    held = Territory.parent_code == code
    if not code.startswith("C-"):
        held = and_(held, Territory.kind.not_in((COMMUNE, FORMER)))
    grouped = select(TerritoryMember.member_code).where(TerritoryMember.group_code == code)
    return query.where(or_(Territory.code == code, held, Territory.code.in_(grouped)))


def of_kind(kind: str) -> ColumnElement[bool]:
    """Tell which territories are of a kind; an overseas collectivity is region and département."""
    if kind in ("region", "department"):
        return Territory.kind.in_((kind, "collectivity"))
    return Territory.kind == kind


def named(typed: str) -> ColumnElement[bool]:
    """Tell which territories hold a postcode, or have a name with a word that begins so."""
    if (postcode := places.postcode(typed)) is not None:
        held = select(Postcode.territory_code).where(Postcode.code == postcode)
        return Territory.code.in_(held)
    if not (key := places.key(typed)):
        return false()
    return or_(Territory.search.startswith(key), Territory.search.contains(f" {key}"))


def found(typed: str, *, limit: int) -> Rows:
    """Select the territories that were meant: the very name first, then those of most people."""
    key, above = places.key(typed), aliased(Territory)
    rank = case((Territory.search == key, 0), (Territory.search.startswith(key), 1), else_=2)
    return (
        select(
            Territory.code,
            Territory.name,
            Territory.kind,
            Territory.search,
            above.name.label("parent_name"),
        )
        .outerjoin(above, above.code == Territory.parent_code)
        .where(named(typed))
        .order_by(rank, Territory.population.desc(), Territory.code)
        .limit(limit)
    )
