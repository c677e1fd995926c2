"""The tags that readers put on texts, those that a machine proposes, those that were refused."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..domain import reading_tags
from .base import Base, Id, new_id


def _folded(context: Any) -> str:
    return reading_tags.folded(context.get_current_parameters()["name"])


class ReadingTag(Base):
    """A word of the readers of a consultation, put on texts while they read."""

    __tablename__ = "reading_tag"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id", ondelete="CASCADE")
    )
    name: Mapped[str] = mapped_column(String(80))
    # The name without case nor accents: two tags never share it.
    folded: Mapped[str] = mapped_column(String(320), default=_folded)
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("consultation_id", "folded"),
        CheckConstraint("name <> ''", name="named"),
    )


class TaggedStatement(Base):
    """A text that a person tagged; a text bears one tag at most."""

    __tablename__ = "tagged_statement"

    statement_id: Mapped[str] = mapped_column(
        Id, ForeignKey("statement.id", ondelete="CASCADE"), primary_key=True
    )
    tag_id: Mapped[str] = mapped_column(
        Id, ForeignKey("reading_tag.id", ondelete="CASCADE"), index=True
    )
    # The version that was tagged: a text that changed since bears none.
    version: Mapped[int]
    account_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    tagged_at: Mapped[datetime]


class ProposedTag(Base):
    """A tag that a machine proposes for a text, until a person answers."""

    __tablename__ = "proposed_tag"

    statement_id: Mapped[str] = mapped_column(
        Id, ForeignKey("statement.id", ondelete="CASCADE"), primary_key=True
    )
    tag_id: Mapped[str] = mapped_column(Id, ForeignKey("reading_tag.id", ondelete="CASCADE"))
    version: Mapped[int]
    # In thousandths; the level is how often the same was right among what people tagged.
    confidence: Mapped[int]
    level: Mapped[int]

    __table_args__ = (
        CheckConstraint("confidence between 0 and 1000", name="confidence"),
        CheckConstraint("level between 1 and 3", name="level"),
        Index(None, "tag_id", "confidence"),
    )


class RefusedTag(Base):
    """A tag that a person refused for a text: it is not proposed for it again."""

    __tablename__ = "refused_tag"

    statement_id: Mapped[str] = mapped_column(
        Id, ForeignKey("statement.id", ondelete="CASCADE"), primary_key=True
    )
    tag_id: Mapped[str] = mapped_column(
        Id, ForeignKey("reading_tag.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    refused_at: Mapped[datetime]
