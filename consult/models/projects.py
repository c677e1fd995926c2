"""Projects of open calls: who carries them, what they ask, whether they respect the principles."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import LONG_INTEGER, Base, Id, new_id
from .stored_files import StoredFile

STATES = ("draft", "submitted", "withdrawn")


class Project(Base):
    """What asks for money in an open call, in cents; numbered when it is sent."""

    __tablename__ = "project"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    call_id: Mapped[str] = mapped_column(Id, ForeignKey("open_call.id", ondelete="CASCADE"))
    number: Mapped[int | None]
    origin: Mapped[str | None] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(10), default="draft")
    account_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    title: Mapped[str] = mapped_column(String(200))
    for_whom: Mapped[str] = mapped_column(default="")
    what: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    territory_code: Mapped[str | None] = mapped_column(ForeignKey("territory.code"), index=True)
    # The group that one of the organisations hosts, when it has no form of its own.
    group_name: Mapped[str] = mapped_column(String(200), default="")
    asked_cents: Mapped[int] = mapped_column(LONG_INTEGER, default=0)
    cost_cents: Mapped[int | None] = mapped_column(LONG_INTEGER)
    other_cents: Mapped[int] = mapped_column(LONG_INTEGER, default=0)
    priority: Mapped[int | None]
    theme: Mapped[int | None]
    help_wanted: Mapped[str] = mapped_column(default="")
    help_offered: Mapped[str] = mapped_column(default="")
    contact_name: Mapped[str] = mapped_column(String(200), default="")
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    contact_phone: Mapped[str] = mapped_column(String(40), default="")
    search: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(default="")
    # What whoever looks after the texts makes of it once it is sent, in the words of a statement.
    moderation: Mapped[str] = mapped_column(
        String(12), default="published", server_default="published"
    )
    moderation_reason: Mapped[str] = mapped_column(String(20), default="", server_default="")

    __table_args__ = (
        UniqueConstraint("call_id", "number"),
        UniqueConstraint("call_id", "origin"),
        CheckConstraint("state in ('draft', 'submitted', 'withdrawn')", name="state"),
        CheckConstraint("state <> 'submitted' or number is not null", name="sent_has_number"),
        CheckConstraint("asked_cents between 0 and 1000000000000000", name="asked"),
        CheckConstraint("cost_cents is null or cost_cents >= 0", name="cost"),
        CheckConstraint("other_cents >= 0", name="other"),
        CheckConstraint(
            "moderation in ('published', 'pending', 'to_correct', 'hidden')", name="moderation"
        ),
        Index(None, "call_id", "state", "number"),
        Index(
            "ix_project_queue",
            "moderation",
            "updated_at",
            "id",
            sqlite_where=text("moderation <> 'published'"),
            postgresql_where=text("moderation <> 'published'"),
        ),
    )


class ProjectCarrier(Base):
    """An organisation that carries a project; the one that answers for the money leads it.

    `once_call_id` names the call where it may lead no other project that was sent.
    """

    __tablename__ = "project_carrier"

    project_id: Mapped[str] = mapped_column(
        Id, ForeignKey("project.id", ondelete="CASCADE"), primary_key=True
    )
    organisation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("organisation.id", ondelete="RESTRICT"), primary_key=True
    )
    leads: Mapped[bool] = mapped_column(default=False)
    once_call_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("open_call.id", ondelete="CASCADE")
    )

    __table_args__ = (
        UniqueConstraint("organisation_id", "once_call_id"),
        CheckConstraint("once_call_id is null or leads", name="once_leads"),
        Index(
            "uq_project_carrier_lead",
            "project_id",
            unique=True,
            sqlite_where=text("leads"),
            postgresql_where=text("leads"),
        ),
        Index(None, "once_call_id"),
    )


class BudgetLine(Base):
    """A line of what a project costs, or of what others give to it, in cents."""

    __tablename__ = "budget_line"

    project_id: Mapped[str] = mapped_column(
        Id, ForeignKey("project.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    side: Mapped[str] = mapped_column(String(6))
    label: Mapped[str] = mapped_column(String(200))
    amount_cents: Mapped[int] = mapped_column(LONG_INTEGER)

    __table_args__ = (
        CheckConstraint("side in ('cost', 'other')", name="side"),
        CheckConstraint("amount_cents between 0 and 1000000000000000", name="amount"),
    )


class ProjectFile(StoredFile):
    """A file joined to a project, for those who check it and those who carry it."""

    __tablename__ = "project_file"

    project_id: Mapped[str] = mapped_column(
        Id, ForeignKey("project.id", ondelete="CASCADE"), index=True
    )


class HelpOffer(Base):
    """Help that someone offers to a project; those who carry it alone read how to reach them."""

    __tablename__ = "help_offer"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    project_id: Mapped[str] = mapped_column(Id, ForeignKey("project.id", ondelete="CASCADE"))
    participant_id: Mapped[str] = mapped_column(Id, ForeignKey("participant.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    body: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(String(120))
    contact: Mapped[str] = mapped_column(String(254))
    created_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("kind in ('equipment', 'room', 'skills', 'other')", name="kind"),
        Index(None, "project_id", "created_at"),
    )


class Assessment(Base):
    """Whether a project respects a principle: yes, to complete, no; and what would mend it.

    A "no" counts once a second person has read the project and agrees.
    """

    __tablename__ = "assessment"

    project_id: Mapped[str] = mapped_column(
        Id, ForeignKey("project.id", ondelete="CASCADE"), primary_key=True
    )
    principle_id: Mapped[str] = mapped_column(
        Id, ForeignKey("principle.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    verdict: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(default="")
    fix: Mapped[str] = mapped_column(default="")
    # The version of the project that was read.
    version: Mapped[int]
    account_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    assessed_at: Mapped[datetime]
    second_verdict: Mapped[str | None] = mapped_column(String(12))
    second_reason: Mapped[str] = mapped_column(default="")
    second_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    second_at: Mapped[datetime | None]
    reply: Mapped[str] = mapped_column(default="")
    replied_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("verdict in ('yes', 'to_complete', 'no')", name="verdict"),
        CheckConstraint("verdict = 'yes' or (reason <> '' and fix <> '')", name="says_why"),
        CheckConstraint("second_id is null or second_id <> account_id", name="another_reader"),
        CheckConstraint(
            "second_verdict is null or second_verdict in ('yes', 'to_complete', 'no')",
            name="second_verdict",
        ),
    )
