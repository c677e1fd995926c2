"""Reports: what anyone may say against a public text or project, and what they are answered."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Id, new_id


class Report(Base):
    """One person's alert on one version of a text or of a project; it hides nothing by itself."""

    __tablename__ = "report"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    statement_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("statement.id", ondelete="CASCADE")
    )
    version: Mapped[int]
    consultation_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("consultation.id", ondelete="CASCADE")
    )
    project_id: Mapped[str | None] = mapped_column(Id, ForeignKey("project.id", ondelete="CASCADE"))
    participant_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("participant.id", ondelete="SET NULL"), index=True
    )
    reason: Mapped[str] = mapped_column(String(20))
    explanation: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str | None] = mapped_column(String(254))
    good_faith: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    outcome: Mapped[str | None] = mapped_column(String(12))
    outcome_reason: Mapped[str] = mapped_column(String(20), default="")
    answered_at: Mapped[datetime | None]
    decision_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("decision.id", ondelete="SET NULL"), index=True
    )

    __table_args__ = (
        UniqueConstraint("statement_id", "version", "participant_id"),
        UniqueConstraint("project_id", "version", "participant_id"),
        CheckConstraint(
            "(statement_id is null) <> (project_id is null)"
            " and (statement_id is null) = (consultation_id is null)",
            name="about_one",
        ),
        CheckConstraint(
            "reason in ('private', 'attack', 'unlawful', 'advertising', 'off_topic', 'duplicate',"
            " 'illegal', 'child_abuse')",
            name="reason",
        ),
        CheckConstraint("outcome in ('kept', 'hidden', 'to_correct', 'withdrawn')", name="outcome"),
        CheckConstraint("(outcome is null) = (answered_at is null)", name="answered"),
        Index(None, "email", "created_at"),
        Index(None, "consultation_id", "created_at"),
        Index(
            "ix_report_open",
            "statement_id",
            sqlite_where=text("answered_at is null"),
            postgresql_where=text("answered_at is null"),
        ),
    )
