"""What a participant sends: a contribution, its statements, their history, drafts."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Id, new_id


class Contribution(Base):
    """All that one participant sends to a consultation under one tracking number."""

    __tablename__ = "contribution"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id", ondelete="CASCADE")
    )
    participant_id: Mapped[str] = mapped_column(
        Id, ForeignKey("participant.id", ondelete="RESTRICT")
    )
    tracking_number: Mapped[str | None] = mapped_column(String(20), unique=True)
    channel: Mapped[str] = mapped_column(String(20), default="web")
    place: Mapped[str] = mapped_column(String(200), default="")
    consent: Mapped[str] = mapped_column(String(40), default="")
    assisted_by_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL")
    )
    notify_email: Mapped[str | None] = mapped_column(String(254))
    created_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("consultation_id", "participant_id"),)


class Draft(Base):
    """A text being written, kept on the server: one for each participant and target."""

    __tablename__ = "draft"

    participant_id: Mapped[str] = mapped_column(
        Id, ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True
    )
    target: Mapped[str] = mapped_column(String(60), primary_key=True)
    form: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class Submission(Base):
    """A form already received: sending it again gives the same result."""

    __tablename__ = "submission"

    participant_id: Mapped[str] = mapped_column(
        Id, ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    statement_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("statement.id", ondelete="CASCADE")
    )
    created_at: Mapped[datetime]
