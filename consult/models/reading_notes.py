"""What the reading aids found in a theme or a question, kept until they are asked for again."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Id, new_id


class ReadingNote(Base):
    """What an aid found in one place: `t:` and a theme, `q:` and a question."""

    __tablename__ = "reading_note"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id", ondelete="CASCADE")
    )
    kind: Mapped[str] = mapped_column(String(20))
    place: Mapped[str] = mapped_column(String(24))
    content: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("consultation_id", "kind", "place"),)


class NotedText(Base):
    """A passage that stands for others, or a text that resembles no other (`alone`)."""

    __tablename__ = "noted_text"

    note_id: Mapped[str] = mapped_column(
        Id, ForeignKey("reading_note.id", ondelete="CASCADE"), primary_key=True
    )
    alone: Mapped[bool] = mapped_column(primary_key=True)
    statement_id: Mapped[str] = mapped_column(
        Id, ForeignKey("statement.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    # The version that was compared: a text that changed since is no longer shown.
    version: Mapped[int]
    position: Mapped[int]
    starts: Mapped[int] = mapped_column(default=0, server_default="0")
    ends: Mapped[int] = mapped_column(default=0, server_default="0")
    kept_for: Mapped[str] = mapped_column(default="", server_default="")

    __table_args__ = (CheckConstraint("alone or ends > starts", name="passage"),)
