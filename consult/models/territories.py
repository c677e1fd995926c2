"""Territories: the official tree, from the country down to the communes, and what groups them."""

from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ..domain import places
from .base import Base


def _key(context: Any) -> str:
    return places.key(context.get_current_parameters()["name"])


class Territory(Base):
    """A named place in the tree, with its time zone."""

    __tablename__ = "territory"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20), index=True)
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("territory.code"), index=True)
    time_zone: Mapped[str] = mapped_column(String(40))
    search: Mapped[str] = mapped_column(String(160), default=_key, server_default="")
    population: Mapped[int] = mapped_column(default=0, server_default="0")


class TerritoryMember(Base):
    """A territory that another groups without being above it in the tree."""

    __tablename__ = "territory_member"

    group_code: Mapped[str] = mapped_column(ForeignKey("territory.code"), primary_key=True)
    member_code: Mapped[str] = mapped_column(
        ForeignKey("territory.code"), primary_key=True, index=True
    )


class Postcode(Base):
    """A postcode of a commune; several may share it."""

    __tablename__ = "postcode"

    code: Mapped[str] = mapped_column(String(5), primary_key=True)
    territory_code: Mapped[str] = mapped_column(
        ForeignKey("territory.code"), primary_key=True, index=True
    )
