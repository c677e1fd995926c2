"""What was decided about texts, who reads which one now, and what was passed to a colleague."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Id, new_id

ABOUT_ONE = "(statement_id is null) <> (project_id is null)"


class AboutOne:
    """A row about one thing that is moderated: a text, or a project of an open call."""

    statement_id: Mapped[str | None]
    project_id: Mapped[str | None]

    @property
    def item_id(self) -> str:
        """The id of what it is about."""
        return self.statement_id or self.project_id or ""


class Decision(AboutOne, Base):
    """One decision about a text or a project: from which state to which, why, undone or not.

    Decisions taken together share their `batch_id`. `version` is the version of the text that was
    read; the `from_` columns are what undoing gives back.
    """

    __tablename__ = "decision"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    batch_id: Mapped[str] = mapped_column(Id)
    statement_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("statement.id", ondelete="CASCADE")
    )
    project_id: Mapped[str | None] = mapped_column(Id, ForeignKey("project.id", ondelete="CASCADE"))
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
        UniqueConstraint("batch_id", "project_id"),
        CheckConstraint(ABOUT_ONE, name="about_one"),
        CheckConstraint("to_state in ('published', 'to_correct', 'hidden')", name="to_state"),
        CheckConstraint("to_state = 'published' or reason <> ''", name="has_reason"),
        Index(None, "statement_id", "decided_at"),
        Index(None, "project_id", "decided_at"),
        Index(None, "account_id", "decided_at"),
    )


class Reading(AboutOne, Base):
    """Who reads a text of the queue now; it frees itself after a few minutes."""

    __tablename__ = "reading"

    account_id: Mapped[str] = mapped_column(
        Id, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    statement_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("statement.id", ondelete="CASCADE"), unique=True
    )
    project_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("project.id", ondelete="CASCADE"), unique=True
    )
    until_at: Mapped[datetime]

    __table_args__ = (CheckConstraint(ABOUT_ONE, name="about_one"),)


class PassedOn(AboutOne, Base):
    """A text that someone left to a colleague: it is no longer in their own queue."""

    __tablename__ = "passed_on"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    statement_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("statement.id", ondelete="CASCADE")
    )
    project_id: Mapped[str | None] = mapped_column(Id, ForeignKey("project.id", ondelete="CASCADE"))
    account_id: Mapped[str] = mapped_column(
        Id, ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    passed_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("statement_id", "account_id"),
        UniqueConstraint("project_id", "account_id"),
        CheckConstraint(ABOUT_ONE, name="about_one"),
    )
