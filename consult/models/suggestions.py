"""What a machine suggests to those who read, and what they made of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Id, new_id


class SuggestedTheme(Base):
    """What several texts under one theme or question speak of: suggested, named or dropped.

    Once named, it keeps its name and its identity from one search to the next; one that was
    dropped is not suggested again.
    """

    __tablename__ = "suggested_theme"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    theme_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("theme.id", ondelete="CASCADE"), index=True
    )
    question_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("question.id", ondelete="CASCADE"), index=True
    )
    state: Mapped[str] = mapped_column(String(10), default="suggested")
    name: Mapped[str] = mapped_column(String(200), default="")
    # Two lists of the same length: "stems", by which it is known again, "words", as people say it.
    terms: Mapped[dict[str, Any]] = mapped_column(default=dict)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("state in ('suggested', 'kept', 'dropped')", name="state"),
        CheckConstraint("state <> 'kept' or name <> ''", name="named"),
    )


class ThemedStatement(Base):
    """A text that a suggested theme holds; a text is in one of them at most."""

    __tablename__ = "themed_statement"

    statement_id: Mapped[str] = mapped_column(
        Id, ForeignKey("statement.id", ondelete="CASCADE"), primary_key=True
    )
    suggestion_id: Mapped[str] = mapped_column(
        Id, ForeignKey("suggested_theme.id", ondelete="CASCADE")
    )
    # The version that was read: a text that changed since is in none.
    version: Mapped[int]
    # Its place in the suggestion, the most typical text first.
    place: Mapped[int]

    __table_args__ = (Index(None, "suggestion_id", "place"),)
