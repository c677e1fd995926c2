"""Groupings made by administrators, what each holds, and what uses it."""

from typing import Any

from sqlalchemy import Select, func, select

from ..models import Consultation, Territory, TerritoryMember
from . import territories

Rows = Select[*tuple[Any, ...]]


def listed() -> Rows:
    """Select the groupings with the numbers of their territories and of their consultations."""
    held = (
        select(func.count())
        .where(TerritoryMember.group_code == Territory.code)
        .correlate(Territory)
        .scalar_subquery()
    )
    used = (
        select(func.count())
        .where(Consultation.territory_code == Territory.code)
        .correlate(Territory)
        .scalar_subquery()
    )
    return (
        select(
            Territory.code,
            Territory.name,
            Territory.time_zone,
            held.label("members"),
            used.label("consultations"),
        )
        .where(Territory.kind == territories.GROUPING)
        .order_by(Territory.search, Territory.code)
    )


def members(code: str) -> Rows:
    """Select the territories of a grouping, the widest first."""
    return (
        select(Territory.code, Territory.name, Territory.kind)
        .join(TerritoryMember, TerritoryMember.member_code == Territory.code)
        .where(TerritoryMember.group_code == code)
        .order_by(territories.width(), Territory.search, Territory.code)
    )
