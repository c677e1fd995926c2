"""Accounts whose access was closed: why, by whom, until when."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Id, new_id

CLOSED = "reopened_at is null"


class AccountClosing(Base):
    """One closing of an account's access, and its end; an account has one at a time."""

    __tablename__ = "account_closing"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    account_id: Mapped[str] = mapped_column(
        Id, ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    reason: Mapped[str] = mapped_column(String(20))
    words: Mapped[str]
    closed_at: Mapped[datetime]
    closed_by_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    reopened_at: Mapped[datetime | None]
    reopened_by_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )

    __table_args__ = (
        Index(
            "uq_account_closing_closed",
            "account_id",
            unique=True,
            postgresql_where=text(CLOSED),
            sqlite_where=text(CLOSED),
        ),
    )
