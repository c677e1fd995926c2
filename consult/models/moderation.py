"""What was decided about texts, who reads which one now, and what was passed to a colleague."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Id, new_id


class Decision(Base):
    """One decision about one text: from which state to which, why, as what, undone or not.

    Decisions taken together share their `batch_id`. `version` is the version of the text that was
    read; the `from_` columns are what undoing gives back.
    """

    __tablename__ = "decision"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    batch_id: Mapped[str] = mapped_column(Id)
    statement_id: Mapped[str] = mapped_column(Id, ForeignKey("statement.id", ondelete="CASCADE"))
    version: Mapped[int]
    from_state: Mapped[str] = mapped_column(String(12))
    from_reason: Mapped[str] = mapped_column(default="")
    from_published_at: Mapped[datetime | None]
    to_state: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(20), default="")
    note: Mapped[str] = mapped_column(default="")
    account_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL")
    )
    role: Mapped[str] = mapped_column(String(40))
    room_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("room.id", ondelete="SET NULL"), index=True
    )
    decided_at: Mapped[datetime] = mapped_column(index=True)
    undone_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("batch_id", "statement_id"),
        CheckConstraint("to_state in ('published', 'to_correct', 'hidden')", name="to_state"),
        CheckConstraint("to_state = 'published' or reason <> ''", name="has_reason"),
        Index(None, "statement_id", "decided_at"),
        Index(None, "account_id", "decided_at"),
    )


class Reading(Base):
    """Who reads a text of the queue now; it frees itself after a few minutes."""

    __tablename__ = "reading"

    statement_id: Mapped[str] = mapped_column(
        Id, ForeignKey("statement.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[str] = mapped_column(
        Id, ForeignKey("account.id", ondelete="CASCADE"), unique=True
    )
    until_at: Mapped[datetime]


class PassedOn(Base):
    """A text that someone left to a colleague: it is no longer in their own queue."""

    __tablename__ = "passed_on"

    statement_id: Mapped[str] = mapped_column(
        Id, ForeignKey("statement.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[str] = mapped_column(
        Id, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    passed_at: Mapped[datetime]
