"""Matters: what a room has to settle, every event of it, who carries it, what is said about it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Id, new_id


class Matter(Base):
    """What a room has to settle: where it stands, worked out from its events, which are kept."""

    __tablename__ = "matter"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    title: Mapped[str] = mapped_column(String(160))
    search: Mapped[str] = mapped_column(default="")
    stage: Mapped[str] = mapped_column(String(10))
    outcome: Mapped[str | None] = mapped_column(String(10))
    origin_room_id: Mapped[str] = mapped_column(Id, ForeignKey("room.id"), index=True)
    room_id: Mapped[str] = mapped_column(Id, ForeignKey("room.id"), index=True)
    place: Mapped[int] = mapped_column(default=0)
    asked: Mapped[bool] = mapped_column(default=False)
    reminded: Mapped[bool] = mapped_column(default=False)
    appealed: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=0)
    text_version: Mapped[int] = mapped_column(default=1)
    deadline_at: Mapped[datetime | None] = mapped_column(index=True)
    # The version whose delay was announced to be nearly over.
    warned_version: Mapped[int] = mapped_column(default=-1)
    account_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    # What it began with: a text, the minutes of a meeting, or nothing written before.
    statement_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("statement.id", ondelete="SET NULL")
    )
    minutes: Mapped[str] = mapped_column(String(300), default="")
    document_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("room_document.id", ondelete="SET NULL"), index=True
    )
    joined_to_id: Mapped[str | None] = mapped_column(Id, ForeignKey("matter.id"), index=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(index=True)

    __table_args__ = (
        CheckConstraint(
            "stage in ('draft', 'open', 'pending', 'review', 'returned', 'joined', 'decided',"
            " 'closed', 'withdrawn')",
            name="stage",
        ),
        CheckConstraint(
            "outcome in ('adopted', 'adapted', 'rejected', 'pilot', 'lapsed')", name="outcome"
        ),
        CheckConstraint(
            "(outcome is not null) = (stage in ('decided', 'closed'))", name="answered"
        ),
        CheckConstraint("stage <> 'joined' or joined_to_id is not null", name="joined"),
        Index(
            "uq_matter_statement",
            "statement_id",
            unique=True,
            sqlite_where=text("stage <> 'withdrawn'"),
            postgresql_where=text("stage <> 'withdrawn'"),
        ),
    )


class MatterStop(Base):
    """A room that has held a matter; `place` 0 is where it began, each next one a level above."""

    __tablename__ = "matter_stop"

    matter_id: Mapped[str] = mapped_column(
        Id, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True
    )
    place: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[str] = mapped_column(Id, ForeignKey("room.id"), index=True)
    has_returned: Mapped[bool] = mapped_column(default=False)
    # Whether the room has an answer that it has not acknowledged.
    is_owed: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (UniqueConstraint("matter_id", "room_id"),)


class MatterEvent(Base):
    """Something that happened to a matter: who, for which room, why, with which vote, until when.

    The state of a matter is what its events lead to, in the order of their sequence.
    """

    __tablename__ = "matter_event"

    # Given by whoever acts: the same one twice is the same act.
    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    matter_id: Mapped[str] = mapped_column(Id, ForeignKey("matter.id", ondelete="CASCADE"))
    sequence: Mapped[int]
    name: Mapped[str] = mapped_column(String(20))
    stage: Mapped[str] = mapped_column(String(10))
    account_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    room_id: Mapped[str | None] = mapped_column(Id, ForeignKey("room.id"))
    # The room that holds it from then on.
    to_room_id: Mapped[str] = mapped_column(Id, ForeignKey("room.id"))
    at: Mapped[datetime]
    text_version: Mapped[int]
    vote: Mapped[dict[str, Any] | None]
    reasons: Mapped[str] = mapped_column(default="")
    facts: Mapped[dict[str, Any]]
    deadline_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("matter_id", "sequence"),)


class MatterEndorsement(Base):
    """A room that carries a matter too; it may adopt its text once the matter is answered."""

    __tablename__ = "matter_endorsement"

    matter_id: Mapped[str] = mapped_column(
        Id, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True
    )
    room_id: Mapped[str] = mapped_column(Id, ForeignKey("room.id"), primary_key=True, index=True)
    place: Mapped[int]
    is_sibling: Mapped[bool]
    at: Mapped[datetime]
    adopted_version: Mapped[int | None]
    adopted_at: Mapped[datetime | None]


class MatterText(Base):
    """A version of the text of a matter."""

    __tablename__ = "matter_text"

    matter_id: Mapped[str] = mapped_column(
        Id, ForeignKey("matter.id", ondelete="CASCADE"), primary_key=True
    )
    version: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(160))
    body: Mapped[str]
    room_id: Mapped[str] = mapped_column(Id, ForeignKey("room.id"))
    at: Mapped[datetime]


class MatterMessage(Base):
    """What a room says to the others about a matter; it changes nothing of where this stands."""

    __tablename__ = "matter_message"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    matter_id: Mapped[str] = mapped_column(
        Id, ForeignKey("matter.id", ondelete="CASCADE"), index=True
    )
    room_id: Mapped[str] = mapped_column(Id, ForeignKey("room.id"))
    account_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    body: Mapped[str]
    at: Mapped[datetime]


class RoomSetting(Base):
    """What a room set for itself; what it did not set comes from the room above."""

    __tablename__ = "room_setting"

    room_id: Mapped[str] = mapped_column(
        Id, ForeignKey("room.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[int]
