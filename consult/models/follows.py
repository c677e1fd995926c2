"""Who follows what, and which letters they want."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Id, new_id


class Subscriber(Base):
    """An e-mail address that follows something: with an account or without."""

    __tablename__ = "subscriber"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    letters: Mapped[str] = mapped_column(String(10), default="at_once", server_default="at_once")
    locale: Mapped[str] = mapped_column(String(5), default="fr", server_default="fr")
    time_zone: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime]
    # When the address was proven: by its letter, by its account.
    confirmed_at: Mapped[datetime | None]
    # How many letters that ask to confirm were sent on the last day that one was.
    asked_on: Mapped[date | None] = mapped_column(Date)
    asked: Mapped[int] = mapped_column(default=0, server_default="0")
    told_until: Mapped[datetime]
    next_digest_at: Mapped[datetime] = mapped_column(index=True)

    __table_args__ = (CheckConstraint("letters in ('at_once', 'weekly', 'none')", name="letters"),)


class Follow(Base):
    """Something that a subscriber follows; it waits until the letter's button is pressed."""

    __tablename__ = "follow"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    subscriber_id: Mapped[str] = mapped_column(Id, ForeignKey("subscriber.id", ondelete="CASCADE"))
    subject: Mapped[str] = mapped_column(String(60))
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("subscriber_id", "subject"),
        Index(None, "subject"),
        Index(None, "confirmed_at"),
    )


class Announcement(Base):
    """A message to those who follow something: one a day for each subject, by the key."""

    __tablename__ = "announcement"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    subject: Mapped[str] = mapped_column(String(60))
    day: Mapped[date] = mapped_column(Date)
    account_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL")
    )
    title: Mapped[str] = mapped_column(String(120))
    body: Mapped[str]
    # The last subscriber told, in the order of their ids.
    reached: Mapped[str] = mapped_column(Id, default="", server_default="")
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None] = mapped_column(index=True)

    __table_args__ = (UniqueConstraint("subject", "day"),)
