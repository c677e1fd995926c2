"""The accounts that were erased: what must stay erased, whatever copy is put back."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class Erasure(Base):
    """One account that is gone: the mark of its number, and what became of its texts.

    Nothing in it says who that was; it finds the account again in an older copy alone.
    """

    __tablename__ = "erasure"

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    texts: Mapped[str] = mapped_column(String(10))
    erased_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("texts in ('withdrawn', 'kept', 'address')", name="texts"),)
