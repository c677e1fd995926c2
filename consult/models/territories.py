"""Territories: the official tree, from the country down."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class Territory(Base):
    """A named place in the tree, with its time zone."""

    __tablename__ = "territory"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20), index=True)
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("territory.code"), index=True)
    time_zone: Mapped[str] = mapped_column(String(40))
