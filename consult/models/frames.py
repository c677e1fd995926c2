"""Frames: what a room sends down to the rooms below it, and how each of them received it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Id, new_id


class Frame(Base):
    """A text that a room publishes for the rooms below it, as it stands now."""

    __tablename__ = "frame"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    room_id: Mapped[str] = mapped_column(Id, ForeignKey("room.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str]
    # For every room below, those opened later too; else for those that hold a reception.
    for_all: Mapped[bool]
    due_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        CheckConstraint("kind in ('framework', 'principle', 'decision', 'question')", name="kind"),
        CheckConstraint("(withdrawn_at is null) = (withdrawn_reason = '')", name="withdrawn"),
        Index(None, "room_id", "created_at", "id"),
    )


class FrameVersion(Base):
    """An earlier text of a frame, and why it was changed: nothing sent down is overwritten."""

    __tablename__ = "frame_version"

    frame_id: Mapped[str] = mapped_column(
        Id, ForeignKey("frame.id", ondelete="CASCADE"), primary_key=True
    )
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str]
    due_at: Mapped[datetime]
    reason: Mapped[str]
    created_at: Mapped[datetime]


class FrameReception(Base):
    """What a room did with one version of a frame: one row, which its facilitators change."""

    __tablename__ = "frame_reception"

    frame_id: Mapped[str] = mapped_column(
        Id, ForeignKey("frame.id", ondelete="CASCADE"), primary_key=True
    )
    room_id: Mapped[str] = mapped_column(
        Id, ForeignKey("room.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(default="")
    account_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    decided_at: Mapped[datetime | None]
    reply: Mapped[str] = mapped_column(default="")
    replied_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(
            "state in ('waiting', 'received', 'read', 'adopted', 'adapted', 'asked')", name="state"
        ),
        CheckConstraint("(state = 'waiting') = (decided_at is null)", name="decided"),
        CheckConstraint("state not in ('adapted', 'asked') or note <> ''", name="note"),
        CheckConstraint("(reply = '') = (replied_at is null)", name="reply"),
    )
