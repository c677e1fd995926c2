"""Consultations: what is asked, by whom, from when to when."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Id, new_id
from .invited import Invited
from .stored_files import StoredFile


class Consultation(Base):
    """Themed questions and proposals open for a time."""

    __tablename__ = "consultation"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    template: Mapped[str] = mapped_column(String(40), default="forum")
    owner_id: Mapped[str | None] = mapped_column(Id, ForeignKey("account.id", ondelete="SET NULL"))
    origin: Mapped[str | None] = mapped_column(String(200), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    asked_by: Mapped[str] = mapped_column(String(200), default="")
    purpose: Mapped[str] = mapped_column(default="")
    will_decide: Mapped[str] = mapped_column(default="")
    will_not_decide: Mapped[str] = mapped_column(default="")
    territory_code: Mapped[str | None] = mapped_column(ForeignKey("territory.code"), index=True)
    time_zone: Mapped[str] = mapped_column(String(40), default="Europe/Paris")
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    closed_early_at: Mapped[datetime | None]
    closed_early_reason: Mapped[str] = mapped_column(default="")
    synthesis_at: Mapped[datetime | None]
    outcome_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    complete: Mapped[bool] = mapped_column(default=True)
    access: Mapped[str] = mapped_column(String(10), default="open")
    moderation: Mapped[str] = mapped_column(String(10), default="after")
    results: Mapped[str] = mapped_column(String(12), default="live")
    allows_ideas: Mapped[bool] = mapped_column(default=False)
    allows_arguments: Mapped[bool] = mapped_column(default=False)
    allows_sources: Mapped[bool] = mapped_column(default=False)
    allows_amendments: Mapped[bool] = mapped_column(default=False)
    allows_comments: Mapped[bool] = mapped_column(default=True)
    contact_name: Mapped[str] = mapped_column(String(200), default="")
    contact_phone: Mapped[str] = mapped_column(String(40), default="")
    follows_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("consultation.id", ondelete="SET NULL"), index=True
    )
    search: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    answers: Mapped[int] = mapped_column(default=0)
    proposals: Mapped[int] = mapped_column(default=0)
    themes: Mapped[list["Theme"]] = relationship(
        back_populates="consultation", order_by="Theme.position", lazy="raise_on_sql"
    )

    __table_args__ = (
        CheckConstraint("access in ('open', 'email', 'listed')", name="access"),
        CheckConstraint("moderation in ('before', 'after')", name="moderation"),
        CheckConstraint("results in ('live', 'after_close')", name="results"),
        Index(None, "published_at", "id"),
    )


class Stage(Base):
    """A step of a consultation in the organiser's own words, over the platform's phases."""

    __tablename__ = "stage"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id", ondelete="CASCADE")
    )
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(120))
    phase: Mapped[str] = mapped_column(String(20))

    __table_args__ = (UniqueConstraint("consultation_id", "position"),)


class Tag(Base):
    """A word under which a consultation is filed."""

    __tablename__ = "tag"

    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id", ondelete="CASCADE"), primary_key=True
    )
    label: Mapped[str] = mapped_column(String(60), primary_key=True)

    __table_args__ = (Index(None, "label"),)


class Document(StoredFile):
    """A file joined to a consultation; its bytes lie in the data folder under a random name."""

    __tablename__ = "document"

    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )


class ListedPerson(Base):
    """An e-mail address that may take part in a consultation on a list."""

    __tablename__ = "listed_person"

    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id", ondelete="CASCADE"), primary_key=True
    )
    email: Mapped[str] = mapped_column(String(254), primary_key=True)
    letters: Mapped[int] = mapped_column(default=0, server_default="0")
    written_at: Mapped[datetime | None]


class AccessCode(Base):
    """A code printed on a letter: whoever types it may take part as someone on the list may.

    Only its hash is stored. Its participant is its own, whatever the device it is typed on.
    """

    __tablename__ = "access_code"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id", ondelete="CASCADE")
    )
    batch: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(200), default="")
    participant_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("participant.id", ondelete="SET NULL")
    )
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        UniqueConstraint("participant_id"),
    )


class CoOrganiser(Base):
    """An account that organises a consultation beside the one that opened it."""

    __tablename__ = "co_organiser"

    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[str] = mapped_column(
        Id, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    created_at: Mapped[datetime]


class Invitation(Invited):
    """A letter that asks someone to organise a consultation too; only its hash is stored."""

    __tablename__ = "invitation"

    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id", ondelete="CASCADE")
    )

    __table_args__ = (UniqueConstraint("consultation_id", "email"),)


class Theme(Base):
    """A chapter of a consultation, numbered as the organiser gives it."""

    __tablename__ = "theme"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id", ondelete="CASCADE")
    )
    origin: Mapped[str | None] = mapped_column(String(200))
    number: Mapped[int]
    label: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    introduction: Mapped[str] = mapped_column(default="")
    hidden: Mapped[bool] = mapped_column(default=False)
    consultation: Mapped[Consultation] = relationship(back_populates="themes")
    questions: Mapped[list["Question"]] = relationship(
        back_populates="theme", order_by="Question.number", lazy="raise_on_sql"
    )

    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        UniqueConstraint("consultation_id", "origin"),
    )


class Question(Base):
    """What is asked; its kind says what an answer looks like."""

    __tablename__ = "question"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    theme_id: Mapped[str] = mapped_column(Id, ForeignKey("theme.id", ondelete="CASCADE"))
    origin: Mapped[str | None] = mapped_column(String(200))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40), default="long_text")
    wording: Mapped[str]
    easy_wording: Mapped[str] = mapped_column(default="")
    context: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(default="")
    help: Mapped[str] = mapped_column(default="")
    example: Mapped[str] = mapped_column(default="")
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    search: Mapped[str] = mapped_column(default="")
    answers: Mapped[int] = mapped_column(default=0)
    theme: Mapped[Theme] = relationship(back_populates="questions", lazy="raise_on_sql")

    __table_args__ = (
        UniqueConstraint("theme_id", "number"),
        UniqueConstraint("consultation_id", "origin"),
    )
