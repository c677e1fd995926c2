"""What was decided about the envelopes of a call: splits, never changed, and their awards."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
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


class SplitEnvelope(Base):
    """One envelope as a decision shared it: its sum, what it gave, and its stages, which explain.

    `floor_cents` and `cap_cents` are those that its command takes: none once an envelope before it
    was shared, for each project then has its own.
    """

    __tablename__ = "split_envelope"

    decision_id: Mapped[str] = mapped_column(
        Id, ForeignKey("split_decision.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    envelope_id: Mapped[str] = mapped_column(
        Id, ForeignKey("call_envelope.id", ondelete="RESTRICT"), index=True
    )
    funder: Mapped[str] = mapped_column(String(200))
    amount_cents: Mapped[int] = mapped_column(LONG_INTEGER)
    awarded_cents: Mapped[int] = mapped_column(LONG_INTEGER)
    floor_cents: Mapped[int] = mapped_column(LONG_INTEGER)
    cap_cents: Mapped[int | None] = mapped_column(LONG_INTEGER)
    projects: Mapped[int]
    stages: Mapped[dict[str, Any]]


class SplitLine(Base):
    """A project in a decision: what it asked, the most it may receive, its floor, its award.

    `rank` is its place in the order of the tie keys, `by_asked`, `by_awarded` and `by_share` its
    place in the orders that the page offers. `share` is what it receives of what it asked, in
    hundredths of a percent. `sources` are the places of the envelopes that may help it, all when
    none.
    """

    __tablename__ = "split_line"

    decision_id: Mapped[str] = mapped_column(
        Id, ForeignKey("split_decision.id", ondelete="CASCADE"), primary_key=True
    )
    rank: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[str] = mapped_column(
        Id, ForeignKey("project.id", ondelete="RESTRICT"), index=True
    )
    number: Mapped[int]
    asked_cents: Mapped[int] = mapped_column(LONG_INTEGER)
    wanted_cents: Mapped[int] = mapped_column(LONG_INTEGER)
    floor_cents: Mapped[int] = mapped_column(LONG_INTEGER)
    awarded_cents: Mapped[int] = mapped_column(LONG_INTEGER)
    priority: Mapped[int | None]
    share: Mapped[int]
    sources: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    by_asked: Mapped[int]
    by_awarded: Mapped[int]
    by_share: Mapped[int]

    __table_args__ = (
        UniqueConstraint("decision_id", "project_id"),
        CheckConstraint("awarded_cents between 0 and asked_cents", name="awarded"),
        Index(None, "decision_id", "number"),
        Index(None, "decision_id", "by_asked"),
        Index(None, "decision_id", "by_awarded"),
        Index(None, "decision_id", "by_share"),
    )


class SplitTelling(Base):
    """How far the letters of a published split went: up to which rank."""

    __tablename__ = "split_telling"

    decision_id: Mapped[str] = mapped_column(
        Id, ForeignKey("split_decision.id", ondelete="CASCADE"), primary_key=True
    )
    reached: Mapped[int] = mapped_column(default=-1)
    done_at: Mapped[datetime | None] = mapped_column(index=True)
