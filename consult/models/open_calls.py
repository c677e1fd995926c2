"""Open calls: who opens one, its envelopes, its principles, its terms once they are locked."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import LONG_INTEGER, Base, Id, new_id
from .invited import Invited


class OpenCall(Base):
    """A call where every project that respects the principles is funded from shared envelopes.

    Its rule, bounds and seed are locked when it is published: `terms` holds them, as they were
    made public, and `terms_digest` their SHA-256.
    """

    __tablename__ = "open_call"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    template: Mapped[str] = mapped_column(String(40), default="local")
    origin: Mapped[str | None] = mapped_column(String(200), unique=True)
    owner_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    # The room that opens it; none when a local authority does.
    room_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("room.id", ondelete="SET NULL"), index=True
    )
    opened_by: Mapped[str] = mapped_column(String(200), default="")
    title: Mapped[str] = mapped_column(String(200))
    about: Mapped[str] = mapped_column(default="")
    may_apply: Mapped[str] = mapped_column(default="")
    audience: Mapped[str] = mapped_column(default="")
    territory_code: Mapped[str | None] = mapped_column(ForeignKey("territory.code"), index=True)
    time_zone: Mapped[str] = mapped_column(String(40), default="Europe/Paris")
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    # When it was to close before it was extended, and why it was.
    first_closes_at: Mapped[datetime | None]
    extended_reason: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_reason: Mapped[str] = mapped_column(default="")

    rule: Mapped[str] = mapped_column(String(30), default="equal_awards")
    floor_cents: Mapped[int] = mapped_column(LONG_INTEGER, default=0)
    cap_cents: Mapped[int | None] = mapped_column(LONG_INTEGER)
    # The most a project may receive of what it costs, in hundredths of a percent.
    cap_share: Mapped[int | None]
    one_per_carrier: Mapped[bool] = mapped_column(default=True)
    carrier_cap_cents: Mapped[int | None] = mapped_column(LONG_INTEGER)
    # The classes served one after the other, the first one first; none, and all are one.
    priorities: Mapped[list[str]] = mapped_column(JSON, default=list)
    # What projects are about, in the words of the call; a project names one, for the figures.
    themes: Mapped[list[str]] = mapped_column(JSON, default=list)
    # Facts of the platform that a project must meet, by name.
    conditions: Mapped[list[str]] = mapped_column(JSON, default=list)
    surplus: Mapped[str] = mapped_column(default="")
    # The amount asked above which a project gives the lines of its budget; never when none.
    lines_above_cents: Mapped[int | None] = mapped_column(LONG_INTEGER)
    needs_two: Mapped[bool] = mapped_column(default=False)
    fiscal_host: Mapped[str] = mapped_column(String(200), default="")
    seed: Mapped[str | None] = mapped_column(String(64))
    terms: Mapped[dict[str, Any] | None]
    terms_digest: Mapped[str | None] = mapped_column(String(64))

    # What its agreements promise, a line each; the usual words when empty.
    promises: Mapped[str] = mapped_column(default="")
    contact_name: Mapped[str] = mapped_column(String(200), default="")
    contact_phone: Mapped[str] = mapped_column(String(40), default="")
    follows_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("open_call.id", ondelete="SET NULL"), index=True
    )
    search: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    projects: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        CheckConstraint("floor_cents >= 0", name="floor"),
        CheckConstraint("cap_cents is null or cap_cents > 0", name="cap"),
        CheckConstraint("cap_share is null or cap_share between 1 and 10000", name="cap_share"),
        CheckConstraint("carrier_cap_cents is null or carrier_cap_cents > 0", name="carrier_cap"),
        CheckConstraint("closes_at > opens_at", name="closes_after"),
        CheckConstraint(
            "published_at is null or (seed is not null and terms_digest is not null)",
            name="published_is_locked",
        ),
        CheckConstraint("(cancelled_at is null) = (cancelled_reason = '')", name="cancelled"),
        Index(None, "published_at", "id"),
    )


class CallOfficer(Base):
    """An account that runs an open call: it checks, shares, publishes and pays."""

    __tablename__ = "call_officer"

    call_id: Mapped[str] = mapped_column(
        Id, ForeignKey("open_call.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[str] = mapped_column(
        Id, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    created_at: Mapped[datetime]


class CallInvitation(Invited):
    """A letter that asks someone to run an open call too; only its hash is stored."""

    __tablename__ = "call_invitation"

    call_id: Mapped[str] = mapped_column(Id, ForeignKey("open_call.id", ondelete="CASCADE"))

    __table_args__ = (UniqueConstraint("call_id", "email"),)


class CallEnvelope(Base):
    """What one funder gives to a call, in cents, for the projects it may help.

    Without a territory or a priority of its own, it helps any. Envelopes are shared in order.
    It may be taken from a common pot, which gets back what a split leaves.
    """

    __tablename__ = "call_envelope"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    call_id: Mapped[str] = mapped_column(Id, ForeignKey("open_call.id", ondelete="CASCADE"))
    position: Mapped[int]
    funder: Mapped[str] = mapped_column(String(200))
    amount_cents: Mapped[int] = mapped_column(LONG_INTEGER)
    territory_code: Mapped[str | None] = mapped_column(ForeignKey("territory.code"), index=True)
    priority: Mapped[int | None]
    pot_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("pot.id", ondelete="RESTRICT"), index=True
    )

    __table_args__ = (
        UniqueConstraint("call_id", "position"),
        CheckConstraint("amount_cents between 0 and 1000000000000000", name="amount"),
    )


class Instalment(Base):
    """A part of every award of a call, in hundredths of a percent, and when it is due."""

    __tablename__ = "instalment"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    call_id: Mapped[str] = mapped_column(Id, ForeignKey("open_call.id", ondelete="CASCADE"))
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(120), default="")
    share: Mapped[int]
    due_on: Mapped[date | None]
    # Whether it waits for the account of what was done.
    after_report: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        UniqueConstraint("call_id", "position"),
        CheckConstraint("share between 1 and 10000", name="share"),
    )


class Principle(Base):
    """What a project of a call must respect, in one sentence."""

    __tablename__ = "principle"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    call_id: Mapped[str] = mapped_column(Id, ForeignKey("open_call.id", ondelete="CASCADE"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    hint: Mapped[str] = mapped_column(default="")

    __table_args__ = (UniqueConstraint("call_id", "position"),)


class OutsideCall(Base):
    """A call that someone else runs, told here with its address and its last day."""

    __tablename__ = "outside_call"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    funder: Mapped[str] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(String(200))
    about: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(String(2000))
    territory_code: Mapped[str | None] = mapped_column(ForeignKey("territory.code"), index=True)
    closes_on: Mapped[date | None]
    account_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "closes_on", "id"),)
