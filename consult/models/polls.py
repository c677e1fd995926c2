"""Votes of a room: what is asked, who may vote, who did, and the ballots apart from all that."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Id, new_id


class Poll(Base):
    """A vote of a room: a question, what may be answered, from when to when, by which rule."""

    __tablename__ = "poll"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    room_id: Mapped[str] = mapped_column(Id, ForeignKey("room.id"))
    question: Mapped[str] = mapped_column(String(300))
    details: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(String(20))
    paper: Mapped[dict[str, Any]] = mapped_column(default=dict)
    rule: Mapped[str] = mapped_column(String(20))
    quorum: Mapped[str] = mapped_column(String(20))
    is_secret: Mapped[bool] = mapped_column(default=False)
    # What its close brings about: a module of services/poll_purposes, and what it needs to know.
    purpose: Mapped[str] = mapped_column(String(40), default="advice")
    purpose_facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # What it is about, a matter or a seat by its identifier, and what its close brought about.
    subject: Mapped[str] = mapped_column(String(40), default="", server_default="", index=True)
    effect: Mapped[dict[str, Any] | None]
    time_zone: Mapped[str] = mapped_column(String(40))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    # When those who may vote were written down.
    opened_at: Mapped[datetime | None]
    electors: Mapped[int] = mapped_column(default=0)
    # Why it closed early, or was cancelled, in the words of whoever did it.
    ended_reason: Mapped[str] = mapped_column(default="")
    cancelled_at: Mapped[datetime | None]
    counted_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    # When someone asked to remind those who have not voted; None once it is done.
    remind_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    # When those who could vote were told the result.
    announced_at: Mapped[datetime | None]
    created_by_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL")
    )
    created_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("closes_at >= opens_at", name="dates"),
        CheckConstraint("counted_at is null or cancelled_at is null", name="one_end"),
        Index(None, "room_id", "closes_at"),
        Index(
            "ix_poll_waiting",
            "closes_at",
            sqlite_where=text("counted_at is null and cancelled_at is null"),
            postgresql_where=text("counted_at is null and cancelled_at is null"),
        ),
        # One vote at a time of a room about the same thing, for the same end.
        Index(
            "uq_poll_running",
            "room_id",
            "purpose",
            "subject",
            unique=True,
            sqlite_where=text("subject <> '' and counted_at is null and cancelled_at is null"),
            postgresql_where=text("subject <> '' and counted_at is null and cancelled_at is null"),
        ),
    )


class PollCandidate(Base):
    """Someone whom a vote may elect, by the mark that stands for them on the paper.

    The name is apart, in the facts of the vote: what is published and proved holds none.
    """

    __tablename__ = "poll_candidate"

    poll_id: Mapped[str] = mapped_column(
        Id, ForeignKey("poll.id", ondelete="CASCADE"), primary_key=True
    )
    mark: Mapped[str] = mapped_column(String(1), primary_key=True)
    account_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    is_elected: Mapped[bool] = mapped_column(default=False)
    # Whether the one who is elected accepts; None as long as they have not said.
    accepts: Mapped[bool | None]
    answered_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("poll_id", "account_id"),
        CheckConstraint("accepts is null or is_elected", name="elected_answers"),
        Index(
            "uq_poll_candidate_elected",
            "poll_id",
            unique=True,
            sqlite_where=text("is_elected"),
            postgresql_where=text("is_elected"),
        ),
    )


class PollElector(Base):
    """Someone who may vote, written down when the vote opens; stays when their account goes."""

    __tablename__ = "poll_elector"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    poll_id: Mapped[str] = mapped_column(Id, ForeignKey("poll.id", ondelete="CASCADE"))
    account_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )

    __table_args__ = (UniqueConstraint("poll_id", "account_id"),)


class PollTurnout(Base):
    """Who voted, without what: one row an elector, which is what makes a vote count once."""

    __tablename__ = "poll_turnout"

    elector_id: Mapped[str] = mapped_column(
        Id, ForeignKey("poll_elector.id", ondelete="CASCADE"), primary_key=True
    )
    poll_id: Mapped[str] = mapped_column(Id, ForeignKey("poll.id", ondelete="CASCADE"), index=True)


class PollBallot(Base):
    """The ballot of an open vote, which its elector may change until the close."""

    __tablename__ = "poll_ballot"

    elector_id: Mapped[str] = mapped_column(
        Id, ForeignKey("poll_elector.id", ondelete="CASCADE"), primary_key=True
    )
    poll_id: Mapped[str] = mapped_column(Id, ForeignKey("poll.id", ondelete="CASCADE"))
    # What the published file calls it, and the mark of its voter's receipt.
    name: Mapped[str] = mapped_column(String(32))
    receipt: Mapped[str] = mapped_column(String(64))
    said: Mapped[dict[str, Any]] = mapped_column(default=dict)

    __table_args__ = (UniqueConstraint("poll_id", "receipt"),)


class PollUrn(Base):
    """All the ballots of a secret vote in one row, in the order of their random names.

    One row, written again whole at each vote: no number, no time and no transaction of the
    database tells which ballot came when.
    """

    __tablename__ = "poll_urn"

    poll_id: Mapped[str] = mapped_column(
        Id, ForeignKey("poll.id", ondelete="CASCADE"), primary_key=True
    )
    ballots: Mapped[dict[str, Any]] = mapped_column(default=dict)


class PollCount(Base):
    """The count of a vote, made once: what comes of it, the published file, its digest."""

    __tablename__ = "poll_count"

    poll_id: Mapped[str] = mapped_column(
        Id, ForeignKey("poll.id", ondelete="CASCADE"), primary_key=True
    )
    summary: Mapped[dict[str, Any]] = mapped_column(default=dict)
    content: Mapped[str] = mapped_column(deferred=True)
    digest: Mapped[str] = mapped_column(String(64))
