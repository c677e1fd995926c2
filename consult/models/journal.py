"""The journal, the mail still to be sent, and the site's own settings."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from .base import LONG_INTEGER, Base, Id, new_id


class JournalEntry(Base):
    """Who did what, when; written with the act itself, never changed."""

    __tablename__ = "journal_entry"

    id: Mapped[int] = mapped_column(LONG_INTEGER, primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(40))
    act: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(40))
    consultation_id: Mapped[str | None] = mapped_column(Id)
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    mark: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (
        Index(None, "consultation_id", "id"),
        Index(None, "subject", "id"),
        Index(None, "mark", unique=True),
    )


class JournalWaiting(Base):
    """An entry that waits for its seal; the database's trigger puts it there."""

    __tablename__ = "journal_waiting"

    entry_id: Mapped[int] = mapped_column(
        LONG_INTEGER, ForeignKey("journal_entry.id"), primary_key=True, autoincrement=False
    )


class JournalSeal(Base):
    """The place of an entry in the chain, and the hash that holds all before it."""

    __tablename__ = "journal_seal"

    position: Mapped[int] = mapped_column(LONG_INTEGER, primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(LONG_INTEGER, ForeignKey("journal_entry.id"), unique=True)
    hash: Mapped[str] = mapped_column(String(64))
    sealed_at: Mapped[datetime]


class JournalHead(Base):
    """The last seal of the chain, as published on a day."""

    __tablename__ = "journal_head"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    position: Mapped[int] = mapped_column(LONG_INTEGER)
    hash: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime]


class Mail(Base):
    """A message in the outbox: written with the act that causes it, sent afterwards."""

    __tablename__ = "mail"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    dedup_key: Mapped[str] = mapped_column(String(120), unique=True)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str]
    created_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    retry_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    # Where one press stops such letters; those about security and one's own answers have none.
    stop_path: Mapped[str | None] = mapped_column(String(120))


class Setting(Base):
    """One of the site's own settings: its name, its publisher, whom to call."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str]
