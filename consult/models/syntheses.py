"""Syntheses: the account of what was said, block by block, each with the passages that prove it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Id, new_id


class Synthesis(Base):
    """The carnet of a consultation while it is written: what surrounds its blocks."""

    __tablename__ = "synthesis"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id", ondelete="CASCADE"), unique=True
    )
    title: Mapped[str] = mapped_column(String(200))
    method: Mapped[str] = mapped_column(default="")
    foreword: Mapped[str] = mapped_column(default="")
    foreword_by: Mapped[str] = mapped_column(String(200), default="")
    notes: Mapped[str] = mapped_column(default="")
    glossary: Mapped[str] = mapped_column(default="")
    imprint: Mapped[str] = mapped_column(default="")
    # Whether one person proposes it and another publishes it.
    by_two: Mapped[bool] = mapped_column(default=False)
    # What one person asks another to publish: its digest, so that nothing changes in between.
    proposed_digest: Mapped[str | None] = mapped_column(String(64))
    proposed_by_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class SynthesisSource(Base):
    """Something more that a synthesis draws on: another consultation, or a room and its minutes."""

    __tablename__ = "synthesis_source"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    synthesis_id: Mapped[str] = mapped_column(Id, ForeignKey("synthesis.id", ondelete="CASCADE"))
    consultation_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    room_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("room.id", ondelete="CASCADE"), index=True
    )

    __table_args__ = (
        UniqueConstraint("synthesis_id", "consultation_id"),
        UniqueConstraint("synthesis_id", "room_id"),
        CheckConstraint("(consultation_id is null) <> (room_id is null)", name="one_source"),
    )


class Hearing(Base):
    """What a named person said when heard: a text that extracts quote, as an answer."""

    __tablename__ = "hearing"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    synthesis_id: Mapped[str] = mapped_column(
        Id, ForeignKey("synthesis.id", ondelete="CASCADE"), index=True
    )
    speaker: Mapped[str] = mapped_column(String(200))
    function: Mapped[str] = mapped_column(String(200), default="")
    organisation: Mapped[str] = mapped_column(String(200), default="", server_default="")
    # Whether they agree that their name and their words are public.
    agrees: Mapped[bool] = mapped_column(default=False, server_default=false())
    held_on: Mapped[date]
    body: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]


class SynthesisBlock(Base):
    """A typed paragraph of a synthesis, at its place: a chapter, a finding, a challenge ..."""

    __tablename__ = "synthesis_block"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    synthesis_id: Mapped[str] = mapped_column(Id, ForeignKey("synthesis.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    theme_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("theme.id", ondelete="SET NULL"), index=True
    )
    question_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("question.id", ondelete="SET NULL"), index=True
    )
    title: Mapped[str] = mapped_column(String(300), default="")
    body: Mapped[str] = mapped_column(default="")
    # What this kind alone holds: who carries an initiative, the figures of a table ...
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    version: Mapped[int] = mapped_column(default=1)
    updated_by_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    # Positions are compared, never counted on: two blocks may share one for a moment.
    __table_args__ = (Index(None, "synthesis_id", "position", "id"),)


class BlockRevision(Base):
    """An earlier wording of a block: who had written it, when."""

    __tablename__ = "block_revision"

    block_id: Mapped[str] = mapped_column(
        Id, ForeignKey("synthesis_block.id", ondelete="CASCADE"), primary_key=True
    )
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str]
    body: Mapped[str]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    account_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[datetime]


class BlockNote(Base):
    """A remark between those who write, about a block; it is never published."""

    __tablename__ = "block_note"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    block_id: Mapped[str] = mapped_column(
        Id, ForeignKey("synthesis_block.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    body: Mapped[str]
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class Extract(Base):
    """A passage that proves a block: where it stands in its source, and what it said that day.

    `starts` and `ends` count the characters of the source's text; `source_sha256` is the digest of
    that whole text, so that a later change of the source shows.
    """

    __tablename__ = "extract"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    block_id: Mapped[str] = mapped_column(Id, ForeignKey("synthesis_block.id", ondelete="CASCADE"))
    statement_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("statement.id", ondelete="CASCADE"), index=True
    )
    document_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("room_document.id", ondelete="CASCADE"), index=True
    )
    hearing_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("hearing.id", ondelete="CASCADE"), index=True
    )
    starts: Mapped[int]
    ends: Mapped[int]
    quote: Mapped[str]
    source_sha256: Mapped[str] = mapped_column(String(64))
    # Whether the published text names who wrote it; otherwise it says their kind and place only.
    named: Mapped[bool] = mapped_column(default=False)
    told_at: Mapped[datetime | None]
    contested_at: Mapped[datetime | None]
    contested_why: Mapped[str] = mapped_column(default="")
    account_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("starts >= 0 and ends > starts", name="passage"),
        CheckConstraint(
            "(case when statement_id is null then 0 else 1 end)"
            " + (case when document_id is null then 0 else 1 end)"
            " + (case when hearing_id is null then 0 else 1 end) = 1",
            name="one_source",
        ),
        UniqueConstraint("block_id", "statement_id", "starts", "ends"),
        UniqueConstraint("block_id", "document_id", "starts", "ends"),
        UniqueConstraint("block_id", "hearing_id", "starts", "ends"),
    )


class SynthesisVersion(Base):
    """A published synthesis, whole and frozen: the highest number is the one in force."""

    __tablename__ = "synthesis_version"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    synthesis_id: Mapped[str] = mapped_column(Id, ForeignKey("synthesis.id", ondelete="CASCADE"))
    number: Mapped[int]
    # The canonical content as JSON text (`domain/syntheses/composed.py`), and its digest.
    content: Mapped[str]
    digest: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(default="")
    proposed_by_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    published_by_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    published_at: Mapped[datetime]
    # When those who took part, or follow, were written to; null while the worker does it.
    told_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("synthesis_id", "number"),
        CheckConstraint("number >= 1", name="number"),
    )


class FollowUp(Base):
    """What happened since to a part of the last edition's synthesis, said by the next edition."""

    __tablename__ = "follow_up"

    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id", ondelete="CASCADE"), primary_key=True
    )
    synthesis_id: Mapped[str] = mapped_column(
        Id, ForeignKey("synthesis.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    part_id: Mapped[str] = mapped_column(Id, primary_key=True)
    state: Mapped[str] = mapped_column(String(10))
    body: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    account_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("state in ('done', 'going_on', 'dropped')", name="state"),)


class Credit(Base):
    """A participant who agrees to be thanked by name in the synthesis of a consultation."""

    __tablename__ = "credit"

    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id", ondelete="CASCADE"), primary_key=True
    )
    participant_id: Mapped[str] = mapped_column(
        Id, ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
