"""Who sits in a room: colleges wanted, seats and their mandates, official counterparts."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Id, new_id


class RoomCollege(Base):
    """How many people of a college a room wants."""

    __tablename__ = "room_college"

    room_id: Mapped[str] = mapped_column(
        Id, ForeignKey("room.id", ondelete="CASCADE"), primary_key=True
    )
    college: Mapped[str] = mapped_column(String(20), primary_key=True)
    wanted: Mapped[int]

    __table_args__ = (CheckConstraint("wanted between 1 and 99", name="wanted"),)


class Seat(Base):
    """A seat of a room: its title, what it is for, the note that its holders hand over."""

    __tablename__ = "seat"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    room_id: Mapped[str] = mapped_column(Id, ForeignKey("room.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(12))
    handover: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint(
            "kind in ('ordinary', 'coordination', 'spokesperson', 'elected', 'technician')",
            name="kind",
        ),
        # What is one in a room: who speaks for it, who runs it by a mandate.
        Index(
            "uq_seat_single",
            "room_id",
            "kind",
            unique=True,
            sqlite_where=text("kind in ('coordination', 'spokesperson')"),
            postgresql_where=text("kind in ('coordination', 'spokesperson')"),
        ),
    )


class SeatMandate(Base):
    """Who holds a seat, from one day to another; one at a time.

    The next holder is named by closing this mandate on the day the next one begins: `ended_on`
    may be a day to come. `ends_on` is the end that was foreseen.
    """

    __tablename__ = "seat_mandate"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seat_id: Mapped[str] = mapped_column(Id, ForeignKey("seat.id", ondelete="CASCADE"))
    account_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    name: Mapped[str] = mapped_column(String(120))
    appointed_by: Mapped[str] = mapped_column(String(200), default="")
    deputy: Mapped[str] = mapped_column(String(120), default="")
    begins_on: Mapped[date]
    ends_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    # Whether the one who leaves stays named, as someone to turn to, and a member.
    stays: Mapped[bool] = mapped_column(default=False)
    # Whether the rights of a member or a facilitator follow from it now.
    is_seated: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("ends_on is null or ends_on > begins_on", name="ends_after"),
        CheckConstraint("ended_on is null or ended_on >= begins_on", name="ended_after"),
        UniqueConstraint("seat_id", "begins_on"),
        Index(
            "uq_seat_mandate_open",
            "seat_id",
            unique=True,
            sqlite_where=text("ended_on is null"),
            postgresql_where=text("ended_on is null"),
        ),
    )


class RoomOfficial(Base):
    """Whom an institution names to answer a room, on a subject, from one day to another."""

    __tablename__ = "room_official"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    room_id: Mapped[str] = mapped_column(Id, ForeignKey("room.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    institution: Mapped[str] = mapped_column(String(200))
    theme: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    begins_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    corrected_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint(
            "begins_on is null or ends_on is null or ends_on > begins_on", name="ends_after"
        ),
    )
