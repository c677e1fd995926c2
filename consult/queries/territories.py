"""The tree of territories, from any point down."""

from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union,
)
from sqlalchemy.orm import aliased

from ..domain import places
from ..models import Postcode, Territory, TerritoryContact, TerritoryMember

WIDE = ("country", "region", "department", "collectivity")
COMMUNE, EPCI, FORMER = "commune", "epci", "former-region"
COUNTRY, GROUPING = places.COUNTRY, places.GROUPING
LEAVES = (EPCI, COMMUNE)
WIDTHS = ("country", GROUPING, *WIDE[1:], FORMER, EPCI, COMMUNE)
Rows = Select[*tuple[Any, ...]]
_LAST = "~"  # comes after every character of a code, in the order of their bytes


def within(code: str | BindParameter[str]) -> Select[str]:
    """Select the codes of a territory, of what it groups and of all that lies in them.

    Everything lies in the country: the table's own key then answers, and nothing is listed.
    """
    if isinstance(code, str) and code == COUNTRY:
        return select(Territory.code)
    held = _seeds(code)
    inner = aliased(Territory)
    return select(inner.code).join(
        held, and_(inner.path >= held.c.path, inner.path < held.c.path + literal(_LAST))
    )


def _seeds(code: str | BindParameter[str]) -> Subquery:
    """Select where a territory lies, and where those that it groups do, in one step or two."""
    first, second = aliased(TerritoryMember), aliased(TerritoryMember)
    grouped = select(first.member_code).where(first.group_code == code)
    further = (
        select(second.member_code)
        .join(first, first.member_code == second.group_code)
        .where(first.group_code == code)
    )
    known = select(Territory.path).where(Territory.path != "")
    return union(
        known.where(Territory.code == code),
        known.where(Territory.code.in_(grouped)),
        known.where(Territory.code.in_(further)),
    ).subquery()


def inside(code: str | None) -> Rows:
    """Select what a list offers of a territory: itself and what it is made of, a level or two.

    A country and a region offer down to their départements, a département its EPCI, an EPCI and an
    overseas collectivity their communes. None is the whole of France. A département that is a
    whole region, as Guadeloupe is, is offered once, as the region.
    """
    above = aliased(Territory)
    same = exists().where(above.code == Territory.parent_code, above.name == Territory.name)
    query = select(Territory.code, Territory.name, Territory.kind)
    query = query.where(or_(Territory.kind != "department", ~same))
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
    """Tell which territories hold a postcode, or have a name with a word that begins so.

    The number of a département, or of an overseas collectivity, names it too.
    """
    if (postcode := places.postcode(typed)) is not None:
        held = select(Postcode.territory_code).where(Postcode.code == postcode)
        return Territory.code.in_(held)
    if (number := places.number(typed)) is not None:
        return Territory.code.in_((f"D-{number}", f"C-{number}"))
    if not (key := places.key(typed)):
        return false()
    words = or_(Territory.search.startswith(key), Territory.search.contains(f" {key}"))
    if (district := places.district(typed)) is not None:
        held = select(Postcode.territory_code).where(Postcode.search == district)
        return or_(words, Territory.code.in_(held))
    return words


def district(typed: str) -> ColumnElement[Any]:
    """Name the arrondissement that was meant: write it into a query on `Territory`."""
    postcode, words = places.postcode(typed), places.district(typed)
    if postcode is None and words is None:
        return null()
    meant = Postcode.code == postcode if postcode is not None else Postcode.search == words
    named_so = select(func.max(Postcode.name)).where(
        Postcode.territory_code == Territory.code, Postcode.name != "", meant
    )
    return named_so.correlate(Territory).scalar_subquery()


def found(typed: str, *, limit: int, groupings: bool = True) -> Rows:
    """Select the territories that were meant: the very name first, then those of most people.

    Unless a grouping will do, only those where people live are given.
    """
    key, above = places.key(typed), aliased(Territory)
    rank = case((Territory.search == key, 0), (Territory.search.startswith(key), 1), else_=2)
    return (
        select(
            Territory.code,
            Territory.name,
            Territory.kind,
            Territory.search,
            above.name.label("parent_name"),
            district(typed).label("district"),
        )
        .outerjoin(above, above.code == Territory.parent_code)
        .where(named(typed), true() if groupings else Territory.kind != GROUPING)
        .order_by(rank, Territory.population.desc(), Territory.code)
        .limit(limit)
    )


def above(code: str | BindParameter[str]) -> Select[str]:
    """Select the codes of a territory, of those it lies in and of those that group any of them."""
    first, second = aliased(TerritoryMember), aliased(TerritoryMember)
    tree = select(Territory.code, Territory.parent_code).where(Territory.code == code)
    line = tree.cte(recursive=True)
    outer = aliased(Territory)
    line = line.union(
        select(outer.code, outer.parent_code).join(line, outer.code == line.c.parent_code)
    )
    groups = select(first.group_code).where(first.member_code.in_(select(line.c.code)))
    further = select(second.group_code).where(second.member_code.in_(groups))
    return select(Territory.code).where(
        or_(
            Territory.code.in_(select(line.c.code)),
            Territory.code.in_(groups),
            Territory.code.in_(further),
        )
    )


def with_contact(query: Select[*tuple[Any, ...]], code: str) -> Rows:
    """Add to a query on `Territory` whom to call there: its own contact, else the nearest around.

    And the name of the territory whose contact it is.
    """
    holder, named_so = aliased(Territory), aliased(Territory)
    nearest = (
        select(TerritoryContact.territory_code)
        .join(holder, holder.code == TerritoryContact.territory_code)
        .where(TerritoryContact.territory_code.in_(above(code)))
        .order_by(case((holder.code == code, 0), else_=1), width(holder).desc(), holder.code)
        .limit(1)
        .scalar_subquery()
    )
    return (
        query.outerjoin(TerritoryContact, TerritoryContact.territory_code == nearest)
        .outerjoin(named_so, named_so.code == TerritoryContact.territory_code)
        .add_columns(TerritoryContact, named_so.name.label("contact_place"))
    )


def around_and_inside(code: str) -> Rows:
    """Select what surrounds a territory and what a page offers to go down to, the widest first.

    `is_inside` tells them apart: around are those it lies in, or that group it; inside, what it is
    made of, a level at a time.
    """
    held = Territory.parent_code == code
    if not code.startswith("C-"):
        held = and_(held, Territory.kind != COMMUNE)
    grouped = select(TerritoryMember.member_code).where(TerritoryMember.group_code == code)
    inside_it = or_(held, Territory.code.in_(grouped))
    outside = and_(Territory.code.in_(above(code)), Territory.code != code)
    return (
        select(
            Territory.code,
            Territory.name,
            Territory.kind,
            case((inside_it, True), else_=False).label("is_inside"),
        )
        .where(or_(inside_it, outside))
        .order_by(width(), Territory.search, Territory.code)
    )


def widest() -> Rows:
    """Select the regions, the overseas collectivities, then the groupings, as `found` does."""
    return (
        select(
            Territory.code,
            Territory.name,
            Territory.kind,
            Territory.search,
            null().label("parent_name"),
            null().label("district"),
        )
        .where(Territory.kind.in_((GROUPING, "region", "collectivity")))
        .order_by(Territory.kind == GROUPING, width(), Territory.search, Territory.code)
    )


def squares() -> Rows:
    """Select the départements and the overseas territories: the squares of the tile map."""
    kinds = ("department", "collectivity")
    return select(Territory.code, Territory.name).where(Territory.kind.in_(kinds))


def listed() -> Rows:
    """Select the codes of the territories that search engines are told of."""
    kinds = (*WIDE, GROUPING)
    return select(Territory.code).where(Territory.kind.in_(kinds)).order_by(Territory.code)


def width(territory: type[Territory] = Territory) -> ColumnElement[int]:
    """Rank territories by their kind, the widest first."""
    ranks = {kind: place for place, kind in enumerate(WIDTHS)}
    return case(ranks, value=territory.kind, else_=len(ranks))
