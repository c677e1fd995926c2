"""What was decided about the envelopes of a call: splits, never changed, and their awards."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import LONG_INTEGER, Base, Id, new_id


class SplitProposal(Base):
    """The split that one person asks another to publish: the digest of what they computed."""

    __tablename__ = "split_proposal"

    call_id: Mapped[str] = mapped_column(
        Id, ForeignKey("open_call.id", ondelete="CASCADE"), primary_key=True
    )
    digest: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(default="")
    account_id: Mapped[str] = mapped_column(
        Id, ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    proposed_at: Mapped[datetime]


class SplitDecision(Base):
    """A published split: inputs, rule, version, seed and output, as one record and its digest.

    The decision with the highest number is in force; the ones before it are kept, with the reason
    why another followed.
    """

    __tablename__ = "split_decision"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    call_id: Mapped[str] = mapped_column(Id, ForeignKey("open_call.id", ondelete="RESTRICT"))
    number: Mapped[int]
    reason: Mapped[str] = mapped_column(default="")
    rule: Mapped[str] = mapped_column(String(30))
    rule_version: Mapped[str] = mapped_column(String(20))
    envelope_cents: Mapped[int] = mapped_column(LONG_INTEGER)
    asked_cents: Mapped[int] = mapped_column(LONG_INTEGER)
    awarded_cents: Mapped[int] = mapped_column(LONG_INTEGER)
    left_cents: Mapped[int] = mapped_column(LONG_INTEGER)
    projects: Mapped[int]
    record: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))
    proposed_by_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    published_by_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    published_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("call_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("number = 1 or reason <> ''", name="next_has_reason"),
        CheckConstraint("awarded_cents + left_cents = envelope_cents", name="sum"),
    )


class Award(Base):
    """What a project receives from one envelope by a decision, in cents."""

    __tablename__ = "award"

    decision_id: Mapped[str] = mapped_column(
        Id, ForeignKey("split_decision.id", ondelete="CASCADE"), primary_key=True
    )
    project_id: Mapped[str] = mapped_column(
        Id, ForeignKey("project.id", ondelete="RESTRICT"), primary_key=True, index=True
    )
    envelope_id: Mapped[str] = mapped_column(
        Id, ForeignKey("call_envelope.id", ondelete="RESTRICT"), primary_key=True, index=True
    )
    cents: Mapped[int] = mapped_column(LONG_INTEGER)

    __table_args__ = (CheckConstraint("cents >= 0", name="cents"),)
