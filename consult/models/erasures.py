"""What was erased, and must stay so whatever copy is put back."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class Erasure(Base):
    """An account or an address that is gone: its mark, and what became of the texts.

    Nothing in it says who that was: the mark of an account is made of its number, that of an
    address with the key of the site. It finds them again in an older copy alone.
    """

    __tablename__ = "erasure"

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    texts: Mapped[str] = mapped_column(String(10))
    erased_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("texts in ('withdrawn', 'kept', 'address')", name="texts"),)
