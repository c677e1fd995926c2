"""What a room does: its meetings, its documents and decisions, what people commit to."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Id, new_id


class RoomEvent(Base):
    """A meeting of a room, at an hour of a named time zone, in a place, at a distance or both."""

    __tablename__ = "room_event"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    room_id: Mapped[str] = mapped_column(Id, ForeignKey("room.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(String(200))
    about: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    time_zone: Mapped[str] = mapped_column(String(40))
    place: Mapped[str] = mapped_column(String(200), default="")
    link: Mapped[str] = mapped_column(String(2000), default="")
    # Whether people may say that they come, without an account.
    takes_names: Mapped[bool] = mapped_column(default=True)
    # The meetings that were planned together share it.
    series_id: Mapped[str | None] = mapped_column(Id)
    attended: Mapped[int | None]
    # How many of them took part at a distance, once it was noted one by one.
    attended_remote: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)
    cancelled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after"),
        CheckConstraint("attended is null or attended between 0 and 100000", name="attended"),
        CheckConstraint(
            "attended_remote is null or attended_remote between 0 and attended",
            name="attended_remote",
        ),
        Index(None, "room_id", "starts_at"),
        UniqueConstraint("series_id", "starts_at"),
    )


class EventRegistration(Base):
    """Someone who says that they come to a meeting; those who run the room alone see the name."""

    __tablename__ = "event_registration"

    event_id: Mapped[str] = mapped_column(
        Id, ForeignKey("room_event.id", ondelete="CASCADE"), primary_key=True
    )
    participant_id: Mapped[str] = mapped_column(
        Id, ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]


class EventAttendance(Base):
    """Someone who was at a meeting, on site or at a distance; its facilitators alone see who."""

    __tablename__ = "event_attendance"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    event_id: Mapped[str] = mapped_column(Id, ForeignKey("room_event.id", ondelete="CASCADE"))
    account_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    # Whoever had said that they would come, without being a member.
    participant_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(120))
    way: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("way in ('on_site', 'remote')", name="way"),
        UniqueConstraint("event_id", "account_id"),
        UniqueConstraint("event_id", "participant_id"),
    )


class RoomDocument(Base):
    """What a room keeps: minutes, a decision, a resource, a road map, its charter.

    It is a text, an address, files joined to it, or several of these.
    """

    __tablename__ = "room_document"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    room_id: Mapped[str] = mapped_column(Id, ForeignKey("room.id", ondelete="CASCADE"))
    # The meeting that it comes from.
    event_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("room_event.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(String(2000), default="")
    # Its words without accents, by which it is found.
    search: Mapped[str] = mapped_column(default="")
    dated_on: Mapped[date]
    version: Mapped[int] = mapped_column(default=1)
    corrected_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint(
            "kind in ('minutes', 'decision', 'resource', 'road_map', 'charter')", name="kind"
        ),
        Index(None, "room_id", "dated_on"),
        Index(
            "uq_room_document_minutes",
            "event_id",
            unique=True,
            sqlite_where=text("kind = 'minutes'"),
            postgresql_where=text("kind = 'minutes'"),
        ),
    )


class Commitment(Base):
    """Who does what, by when, and when it was kept."""

    __tablename__ = "commitment"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    room_id: Mapped[str] = mapped_column(Id, ForeignKey("room.id", ondelete="CASCADE"), index=True)
    what: Mapped[str] = mapped_column(String(300))
    # Its words without accents, by which it is found.
    search: Mapped[str] = mapped_column(default="")
    who: Mapped[str] = mapped_column(String(120))
    due_on: Mapped[date | None]
    kept_on: Mapped[date | None]
    created_at: Mapped[datetime]
