"""Second readings: what an author asked about a decision, and what someone else decided."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Id
from .moderation import ABOUT_ONE, AboutOne


class SecondReading(AboutOne, Base):
    """A decision read again, once: its key is the decision's.

    `room_id` is the room that decides, above the one of the first decision; none stands for the
    organisers of the consultation, or for those who run the call.
    """

    __tablename__ = "second_reading"

    decision_id: Mapped[str] = mapped_column(
        Id, ForeignKey("decision.id", ondelete="CASCADE"), primary_key=True
    )
    statement_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("statement.id", ondelete="CASCADE"), index=True
    )
    project_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    room_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("room.id", ondelete="SET NULL"), index=True
    )
    words: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    outcome: Mapped[str | None] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(default="")
    account_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    role: Mapped[str] = mapped_column(String(40), default="")
    decided_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(ABOUT_ONE, name="about_one"),
        CheckConstraint("outcome in ('confirmed', 'overturned', 'ended')", name="outcome"),
        CheckConstraint("(outcome is null) = (decided_at is null)", name="decided"),
        Index(
            "ix_second_reading_open",
            "due_at",
            "decision_id",
            sqlite_where=text("decided_at is null"),
            postgresql_where=text("decided_at is null"),
        ),
    )
