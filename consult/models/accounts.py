"""Accounts, their roles and sessions, and the participants they or a device stand for."""

from datetime import datetime

from flask_security import RoleMixin, UserMixin
from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    UniqueConstraint,
    func,
    select,
    text,
)
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from .base import Base, Id, new_id
from .consultations import CoOrganiser
from .invited import Invited
from .open_calls import CallOfficer
from .rooms import Room, RoomMember
from .sealed import Sealed

WORKS = "used_at is null and replaced_at is null"

account_role = Table(
    "account_role",
    Base.metadata,
    Column("account_id", Id, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", Id, ForeignKey("role.id", ondelete="CASCADE"), primary_key=True),
)


class Role(Base, RoleMixin):
    """What an account may do everywhere: organiser, mediator, administrator."""

    __tablename__ = "role"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(40), unique=True)


class Participant(Base):
    """Whoever takes part: behind an account, a device, a paper form or an import."""

    __tablename__ = "participant"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    account_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), unique=True
    )
    origin: Mapped[str | None] = mapped_column(String(200), unique=True)
    name: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]


class Account(Base, UserMixin):
    """A person who signs in: only organisers, mediators and those who wish to."""

    __tablename__ = "account"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(default="")
    organisation: Mapped[str] = mapped_column(String(200), default="", server_default="")
    function: Mapped[str] = mapped_column(String(120), default="", server_default="")
    speaks_from: Mapped[str] = mapped_column(String(300), default="", server_default="")
    password: Mapped[str | None]
    # "", "codes", "app" or "passkey": what is asked for after the link or the password.
    second_step: Mapped[str] = mapped_column(String(10), default="", server_default="")
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True, default=new_id)
    confirmed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    # When its owner last signed in; when they were told that it will be erased otherwise.
    seen_at: Mapped[datetime | None] = mapped_column(index=True)
    warned_at: Mapped[datetime | None]
    roles: Mapped[list[Role]] = relationship(secondary=account_role, lazy="selectin")
    # Read with the account itself: every page asks for them.
    participant_id: Mapped[str | None] = column_property(
        select(Participant.id)
        .where(Participant.account_id == id)
        .correlate_except(Participant)
        .scalar_subquery()
    )
    # The levels of the rooms they facilitate now, apart by commas; None for none.
    facilitates: Mapped[str | None] = column_property(
        select(func.aggregate_strings(Room.level, ","))
        .join(RoomMember, RoomMember.room_id == Room.id)
        .where(
            RoomMember.account_id == id,
            RoomMember.role == "facilitator",
            RoomMember.ended_at.is_(None),
        )
        .correlate_except(Room, RoomMember)
        .scalar_subquery()
    )
    co_organises: Mapped[bool] = column_property(
        select(CoOrganiser.account_id)
        .where(CoOrganiser.account_id == id)
        .correlate_except(CoOrganiser)
        .exists()
    )
    runs_calls: Mapped[bool] = column_property(
        select(CallOfficer.account_id)
        .where(CallOfficer.account_id == id)
        .correlate_except(CallOfficer)
        .exists()
    )


class AccountSession(Base):
    """One sign-in, which can be revoked; the browser holds only a random number."""

    __tablename__ = "account_session"

    id_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(
        Id, ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    address: Mapped[str] = mapped_column(String(64), default="")
    user_agent: Mapped[str] = mapped_column(String(200), default="")
    # When its owner last showed who they are, after they signed in.
    proved_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class SignInLink(Base):
    """A one-time way in, by link or by six digits; only the hashes are stored."""

    __tablename__ = "sign_in_link"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    code_hash: Mapped[str | None] = mapped_column(String(64))
    email: Mapped[str] = mapped_column(String(254))
    participant_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("participant.id", ondelete="SET NULL")
    )
    # "" to sign in; for what publishes texts, the participant who wrote them. Of an address and
    # a series, one way in works: the newest.
    series: Mapped[str] = mapped_column(Id, default="", server_default="")
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    replaced_at: Mapped[datetime | None]

    __table_args__ = (
        Index(None, "email", "created_at"),
        Index(
            "uq_sign_in_link_works",
            "email",
            "series",
            unique=True,
            postgresql_where=text(WORKS),
            sqlite_where=text(WORKS),
        ),
    )


class Authenticator(Base):
    """The secret shared with a person's application, and the last of its codes that was used."""

    __tablename__ = "authenticator"

    account_id: Mapped[str] = mapped_column(
        Id, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    secret: Mapped[str] = mapped_column(Sealed)
    last_counter: Mapped[int] = mapped_column(BigInteger, default=0)
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """A printed code that lets its owner in once; only its hash is stored."""

    __tablename__ = "recovery_code"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(
        Id, ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    used_at: Mapped[datetime | None]


class RoleInvitation(Invited):
    """A letter that offers a role of the whole site; once used, it says who invited whom."""

    __tablename__ = "role_invitation"

    role: Mapped[str] = mapped_column(String(40))

    __table_args__ = (UniqueConstraint("email", "role"),)


class Device(Base):
    """A browser that took part without an account; only the hash of its number is stored."""

    __tablename__ = "device"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    participant_id: Mapped[str] = mapped_column(
        Id, ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime]


class ApiToken(Base):
    """What a program shows to write in a person's name; only the hash of its secret is stored."""

    __tablename__ = "api_token"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[str] = mapped_column(
        Id, ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
