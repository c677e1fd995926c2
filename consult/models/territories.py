"""Territories: the official tree, from the country down to the communes, and what groups them."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, select, text
from sqlalchemy.orm import Mapped, mapped_column

from ..domain import places
from .base import Base


def _key(context: Any) -> str:
    return places.key(context.get_current_parameters()["name"])


def _path(context: Any) -> str:
    """Return the path of a territory put in the tree alone: its parent's, then its own code."""
    values = context.get_current_parameters()
    parent = select(Territory.path).where(Territory.code == values.get("parent_code"))
    return places.path(values["code"], context.connection.scalar(parent) or "")


# Read by its beginning: in the order of its bytes, whatever the database's language.
PATH = String(90).with_variant(String(90, collation="C"), "postgresql")


class Territory(Base):
    """A named place in the tree, or a grouping beside it, with its time zone."""

    __tablename__ = "territory"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20), index=True)
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("territory.code"), index=True)
    time_zone: Mapped[str] = mapped_column(String(40))
    search: Mapped[str] = mapped_column(String(160), default=_key, server_default="")
    population: Mapped[int] = mapped_column(default=0, server_default="0")
    path: Mapped[str] = mapped_column(PATH, default=_path, server_default="")

    __table_args__ = (
        CheckConstraint(
            "(kind = 'grouping') = (substr(code, 1, 2) = 'G-')",
            name="code",
        ),
        Index(None, "path", "code"),
        Index(
            "uq_territory_grouping",
            "search",
            unique=True,
            sqlite_where=text("kind = 'grouping'"),
            postgresql_where=text("kind = 'grouping'"),
        ),
    )


class TerritoryMember(Base):
    """A territory that another groups without being above it in the tree.

    A grouping holds no grouping, so that what one holds is found in two steps.
    """

    __tablename__ = "territory_member"

    group_code: Mapped[str] = mapped_column(ForeignKey("territory.code"), primary_key=True)
    member_code: Mapped[str] = mapped_column(
        ForeignKey("territory.code"), primary_key=True, index=True
    )

    __table_args__ = (
        CheckConstraint(
            "substr(member_code, 1, 2) <> 'G-' and member_code <> group_code", name="member"
        ),
    )


class TerritoryContact(Base):
    """Whom the people of a territory may call."""

    __tablename__ = "territory_contact"

    territory_code: Mapped[str] = mapped_column(
        ForeignKey("territory.code", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    hours: Mapped[str] = mapped_column(String(200), default="")


class Postcode(Base):
    """A postcode of a commune; several may share it.

    `name` is that of the municipal arrondissement which has it, and `search` what finds it so.
    """

    __tablename__ = "postcode"

    code: Mapped[str] = mapped_column(String(5), primary_key=True)
    territory_code: Mapped[str] = mapped_column(
        ForeignKey("territory.code"), primary_key=True, index=True
    )
    name: Mapped[str] = mapped_column(String(60), default="", server_default="")
    search: Mapped[str] = mapped_column(String(60), default="", server_default="", index=True)
