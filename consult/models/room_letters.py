"""Letters of a room to its people; which letters someone stopped; the facilitators' mornings."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Id, new_id


class RoomLetter(Base):
    """What a facilitator wrote to a room or to a part of it; `form` is the form that sent it."""

    __tablename__ = "room_letter"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    room_id: Mapped[str] = mapped_column(Id, ForeignKey("room.id", ondelete="CASCADE"))
    account_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    addressed_to: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(120))
    body: Mapped[str]
    people: Mapped[int]
    form: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("room_id", "form"),
        Index(None, "room_id", "created_at", "id"),
    )


class StoppedLetters(Base):
    """Letters that an account wants no more: those of a room, those to facilitators."""

    __tablename__ = "stopped_letters"

    account_id: Mapped[str] = mapped_column(
        Id, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    subject: Mapped[str] = mapped_column(String(60), primary_key=True)
    created_at: Mapped[datetime]


class FacilitatorMorning(Base):
    """When a facilitator is next told of what waits past its time in their rooms."""

    __tablename__ = "facilitator_morning"

    account_id: Mapped[str] = mapped_column(
        Id, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    next_at: Mapped[datetime] = mapped_column(index=True)
