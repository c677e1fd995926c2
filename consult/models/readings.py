"""The reading of what was sent: what each text became for those who write the synthesis."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Id, new_id

LIVE = "state in ('waiting', 'running')"


class StatementReading(Base):
    """A text that somebody has read, or set aside with a reason; without a row it is unread."""

    __tablename__ = "statement_reading"

    statement_id: Mapped[str] = mapped_column(
        Id, ForeignKey("statement.id", ondelete="CASCADE"), primary_key=True
    )
    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    # The version that was read: a text that changed since is to be read again.
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    state: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(default="")
    account_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    read_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("state in ('read', 'set_aside')", name="state"),
        CheckConstraint("(state = 'set_aside') = (reason <> '')", name="reason"),
    )


class ReadingHold(Base):
    """A text that somebody is reading: the others are given another one until then."""

    __tablename__ = "reading_hold"

    statement_id: Mapped[str] = mapped_column(
        Id, ForeignKey("statement.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[str] = mapped_column(
        Id, ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    until: Mapped[datetime]


class GroupedStatement(Base):
    """A text that says nearly the same as another one, the leader of its group."""

    __tablename__ = "grouped_statement"

    statement_id: Mapped[str] = mapped_column(
        Id, ForeignKey("statement.id", ondelete="CASCADE"), primary_key=True
    )
    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    leader_id: Mapped[str] = mapped_column(
        Id, ForeignKey("statement.id", ondelete="CASCADE"), index=True
    )
    # The versions that were compared: when one of both texts changes, they are no longer grouped.
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    leader_version: Mapped[int] = mapped_column(default=1, server_default="1")

    __table_args__ = (CheckConstraint("statement_id <> leader_id", name="not_itself"),)


class UngroupedStatement(Base):
    """A text that a reader took out of its group: it stays out, whatever is compared later."""

    __tablename__ = "ungrouped_statement"

    statement_id: Mapped[str] = mapped_column(
        Id, ForeignKey("statement.id", ondelete="CASCADE"), primary_key=True
    )
    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime]


class Aid(Base):
    """A piece of work done for the readers in the background: what, how far, and how it ended.

    Of a kind, one at a time in a consultation waits or runs.
    """

    __tablename__ = "aid"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id", ondelete="CASCADE")
    )
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    account_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[datetime]
    # Renewed while it runs: one that stopped being renewed was killed, and begins again.
    beat_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(
            "state in ('waiting', 'running', 'done', 'failed', 'cancelled')", name="state"
        ),
        Index(None, "consultation_id", "kind", "created_at"),
        Index(
            "uq_aid_live",
            "consultation_id",
            "kind",
            unique=True,
            postgresql_where=text(LIVE),
            sqlite_where=text(LIVE),
        ),
    )
