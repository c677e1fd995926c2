"""Statements: whatever someone wrote and others may read, weigh and discuss.

One table for every kind of text, so that an opinion, a counter, a search, a history or a
moderation queue is one mechanism and not six.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Float, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Id, new_id

KINDS = ("answer", "proposal", "amendment", "argument", "source", "comment")
STATES = ("awaiting", "pending", "published", "to_correct", "hidden", "withdrawn")
QUEUED = ("pending", "to_correct", "hidden")


def _in(state: str) -> dict[str, Any]:
    """Keep an index to the texts of one state."""
    where = text(f"state = '{state}'")
    return {"sqlite_where": where, "postgresql_where": where}


class Statement(Base):
    """A text of one of the kinds; the subclasses name them."""

    __tablename__ = "statement"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(12), default="published")
    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id", ondelete="CASCADE")
    )
    theme_id: Mapped[str | None] = mapped_column(Id, ForeignKey("theme.id"))
    question_id: Mapped[str | None] = mapped_column(Id, ForeignKey("question.id"))
    parent_id: Mapped[str | None] = mapped_column(Id, ForeignKey("statement.id"))
    contribution_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("contribution.id"), index=True
    )
    participant_id: Mapped[str | None] = mapped_column(Id, ForeignKey("participant.id"), index=True)
    origin: Mapped[str | None] = mapped_column(String(200))
    carried_from_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("statement.id", ondelete="SET NULL"), index=True
    )

    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
    explanation: Mapped[str] = mapped_column(default="")
    value: Mapped[dict[str, Any] | None]
    side: Mapped[str | None] = mapped_column(String(8))
    link: Mapped[str] = mapped_column(default="")
    search: Mapped[str] = mapped_column(default="")

    signed_as: Mapped[str] = mapped_column(String(12), default="none")
    signature: Mapped[str] = mapped_column(String(200), default="")
    function: Mapped[str] = mapped_column(String(120), default="")
    speaks_from: Mapped[str] = mapped_column(String(300), default="", server_default="")
    organisation_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("organisation.id"), index=True
    )
    actor_kind: Mapped[str | None] = mapped_column(String(20))
    territory_code: Mapped[str | None] = mapped_column(ForeignKey("territory.code"), index=True)
    channel: Mapped[str] = mapped_column(String(20), default="web")
    place: Mapped[str] = mapped_column(String(200), default="")

    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    state_reason: Mapped[str] = mapped_column(default="")

    decision: Mapped[str | None] = mapped_column(String(10))
    decision_reason: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]

    declared_agree: Mapped[int] = mapped_column(default=0)
    declared_mixed: Mapped[int] = mapped_column(default=0)
    declared_disagree: Mapped[int] = mapped_column(default=0)
    agree: Mapped[int] = mapped_column(default=0)
    mixed: Mapped[int] = mapped_column(default=0)
    disagree: Mapped[int] = mapped_column(default=0)
    score: Mapped[float] = mapped_column(Float(53), default=0.0)
    comments: Mapped[int] = mapped_column(default=0)
    arguments: Mapped[int] = mapped_column(default=0)
    sources: Mapped[int] = mapped_column(default=0)
    amendments: Mapped[int] = mapped_column(default=0)
    replies: Mapped[int] = mapped_column(default=0)
    exposures: Mapped[int] = mapped_column(default=0)

    __mapper_args__ = {"polymorphic_on": "kind"}
    __table_args__ = (
        UniqueConstraint("consultation_id", "origin"),
        CheckConstraint(
            "kind in ('answer', 'proposal', 'amendment', 'argument', 'source', 'comment')",
            name="kind",
        ),
        CheckConstraint(
            "state in ('awaiting', 'pending', 'published', 'to_correct', 'hidden', 'withdrawn')",
            name="state",
        ),
        CheckConstraint("(kind = 'argument') = (side is not null)", name="side"),
        CheckConstraint(
            "kind in ('answer', 'proposal') or parent_id is not null", name="has_parent"
        ),
        CheckConstraint("decision in ('accepted', 'refused')", name="decision"),
        Index(None, "parent_id", "kind", "state", "created_at", "id"),
        Index(None, "published_at"),
        *(
            Index(f"ix_statement_{scope}_{name}", f"{scope}_id", "kind", "state", *columns)
            for scope in ("consultation", "question")
            for name, columns in (
                ("newest", ("created_at", "id")),
                ("exposed", ("exposures", "id")),
                ("supported", ("score", "id")),
                ("discussed", ("replies", "id")),
            )
        ),
        Index("ix_statement_theme_newest", "theme_id", "kind", "state", "created_at", "id"),
        Index("ix_statement_pending", "consultation_id", "updated_at", "id", **_in("pending")),
        *(
            Index(f"ix_statement_queue_{state}", "updated_at", "id", **_in(state))
            for state in QUEUED
        ),
    )


class Answer(Statement):
    """The part of a contribution for one question, or for a theme."""

    __mapper_args__ = {"polymorphic_identity": "answer"}


class Proposal(Statement):
    """A text put to opinions: an article of a draft, or a participant's idea."""

    __mapper_args__ = {"polymorphic_identity": "proposal"}


class Amendment(Statement):
    """Another wording proposed for a proposal."""

    __mapper_args__ = {"polymorphic_identity": "amendment"}


class Argument(Statement):
    """A reasoned side on a proposal."""

    __mapper_args__ = {"polymorphic_identity": "argument"}


class Source(Statement):
    """A reference for a proposal."""

    __mapper_args__ = {"polymorphic_identity": "source"}


class Comment(Statement):
    """A reply, one level deep."""

    __mapper_args__ = {"polymorphic_identity": "comment"}


class AnswerQuestion(Base):
    """A further question that a long answer is addressed to."""

    __tablename__ = "answer_question"

    statement_id: Mapped[str] = mapped_column(
        Id, ForeignKey("statement.id", ondelete="CASCADE"), primary_key=True
    )
    question_id: Mapped[str] = mapped_column(
        Id, ForeignKey("question.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Revision(Base):
    """An earlier version of a statement: nothing that was public is overwritten."""

    __tablename__ = "revision"

    statement_id: Mapped[str] = mapped_column(
        Id, ForeignKey("statement.id", ondelete="CASCADE"), primary_key=True
    )
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str]
    body: Mapped[str]
    value: Mapped[dict[str, Any] | None]
    reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]


class Stance(Base):
    """One participant's opinion on a statement, changeable, counted once by the key."""

    __tablename__ = "stance"

    statement_id: Mapped[str] = mapped_column(
        Id, ForeignKey("statement.id", ondelete="CASCADE"), primary_key=True
    )
    participant_id: Mapped[str] = mapped_column(
        Id, ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    value: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("value in (-1, 0, 1)", name="value"),)


class Outcome(Base):
    """What became of a question, a text or a part of a synthesis, in the organiser's words.

    A part is known by its id in what was published: its block may be gone from the notebook since.
    """

    __tablename__ = "outcome"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    statement_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("statement.id", ondelete="CASCADE"), unique=True
    )
    question_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("question.id", ondelete="CASCADE"), unique=True
    )
    synthesis_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("synthesis.id", ondelete="CASCADE")
    )
    part_id: Mapped[str | None] = mapped_column(Id)
    verdict: Mapped[str] = mapped_column(String(12))
    body: Mapped[str]
    # The article or the decision it led to, and where it is read: a page of this site by its path.
    decision: Mapped[str] = mapped_column(String(300), default="", server_default="")
    link: Mapped[str] = mapped_column(default="", server_default="")
    account_id: Mapped[str | None] = mapped_column(Id, ForeignKey("account.id"))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    # When those it is about were written to; null from each change on.
    told_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("synthesis_id", "part_id"),
        CheckConstraint(
            "(case when statement_id is null then 0 else 1 end)"
            " + (case when question_id is null then 0 else 1 end)"
            " + (case when part_id is null then 0 else 1 end) = 1",
            name="one_subject",
        ),
        CheckConstraint("(synthesis_id is null) = (part_id is null)", name="of_synthesis"),
        CheckConstraint("verdict in ('kept', 'partly', 'not_kept', 'answered')", name="verdict"),
        Index(
            "ix_outcome_untold",
            "consultation_id",
            sqlite_where=text("told_at is null"),
            postgresql_where=text("told_at is null"),
        ),
    )
