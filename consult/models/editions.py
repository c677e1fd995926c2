"""Local editions: a consultation offered to rooms, and the one that each of them opens from it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Id


class EditionOffer(Base):
    """A consultation offered to a room; `edition_id` is the consultation it opened from it."""

    __tablename__ = "edition_offer"

    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id", ondelete="CASCADE"), primary_key=True
    )
    room_id: Mapped[str] = mapped_column(
        Id, ForeignKey("room.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    offered_by_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    offered_at: Mapped[datetime]
    edition_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("consultation.id", ondelete="CASCADE"), unique=True
    )
    taken_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("(edition_id is null) = (taken_at is null)", name="taken"),
        CheckConstraint("edition_id <> consultation_id", name="another"),
    )


class CommonQuestion(Base):
    """A question of a local edition that is one of the consultation it comes from."""

    __tablename__ = "common_question"

    question_id: Mapped[str] = mapped_column(
        Id, ForeignKey("question.id", ondelete="CASCADE"), primary_key=True
    )
    source_id: Mapped[str] = mapped_column(
        Id, ForeignKey("question.id", ondelete="CASCADE"), index=True
    )
