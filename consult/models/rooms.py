"""Rooms: standing bodies at three levels, their members, and the places whose texts they read."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Id, new_id
from .invited import Invited


class Room(Base):
    """A standing body at one level, for a territory or for all, below another room or not."""

    __tablename__ = "room"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    level: Mapped[str] = mapped_column(String(10))
    territory_code: Mapped[str | None] = mapped_column(ForeignKey("territory.code"), index=True)
    parent_id: Mapped[str | None] = mapped_column(Id, ForeignKey("room.id"), index=True)
    # Whether this room is the one that reads what is written about its territory.
    moderates: Mapped[bool] = mapped_column(default=False)
    is_private: Mapped[bool] = mapped_column(default=False)
    # What it is for, in a few lines of its own.
    purpose: Mapped[str] = mapped_column(String(600), default="", server_default="")
    # When something was last done there; none since it was opened.
    active_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("level in ('local', 'hub', 'national')", name="level"),
        CheckConstraint("level <> 'national' or parent_id is null", name="national_is_first"),
        CheckConstraint("not moderates or territory_code is not null", name="moderates_a_place"),
        Index(
            "uq_room_moderator",
            "territory_code",
            unique=True,
            sqlite_where=text("moderates"),
            postgresql_where=text("moderates"),
        ),
    )


class RoomMember(Base):
    """What an account is in a room, from one day to another; one row for each time it joined."""

    __tablename__ = "room_member"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    room_id: Mapped[str] = mapped_column(Id, ForeignKey("room.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[str] = mapped_column(
        Id, ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[str] = mapped_column(String(12))
    # Whether the room's page may give their name.
    is_named: Mapped[bool] = mapped_column(default=False)
    college: Mapped[str | None] = mapped_column(String(20))
    # The mandate that this follows from, and ends with.
    mandate_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("seat_mandate.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("role in ('facilitator', 'member')", name="role"),
        Index(
            "uq_room_member_now",
            "room_id",
            "account_id",
            unique=True,
            sqlite_where=text("ended_at is null"),
            postgresql_where=text("ended_at is null"),
        ),
    )


class RoomInvitation(Invited):
    """A letter that asks someone to join a room; only its hash is stored."""

    __tablename__ = "room_invitation"

    room_id: Mapped[str] = mapped_column(Id, ForeignKey("room.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(12))
    college: Mapped[str | None] = mapped_column(String(20))

    __table_args__ = (UniqueConstraint("room_id", "email"),)


class TerritoryModerator(Base):
    """The room that reads what is written about a territory: worked out when rooms change."""

    __tablename__ = "territory_moderator"

    territory_code: Mapped[str] = mapped_column(ForeignKey("territory.code"), primary_key=True)
    room_id: Mapped[str] = mapped_column(Id, ForeignKey("room.id", ondelete="CASCADE"), index=True)
