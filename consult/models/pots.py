"""Common pots: money that stands ready for calls, fed by what members pay."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from .base import LONG_INTEGER, Base, Id, new_id


class Pot(Base):
    """Money that organisations pay into year after year; calls take their envelopes from it."""

    __tablename__ = "pot"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    title: Mapped[str] = mapped_column(String(200))
    about: Mapped[str] = mapped_column(default="")
    # Who keeps the money: a neutral third party, most often.
    kept_by: Mapped[str] = mapped_column(String(200))
    owner_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]


class PotPayment(Base):
    """What an organisation paid into a pot, in cents; one written by mistake is deleted."""

    __tablename__ = "pot_payment"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    pot_id: Mapped[str] = mapped_column(Id, ForeignKey("pot.id", ondelete="RESTRICT"))
    payer: Mapped[str] = mapped_column(String(200))
    amount_cents: Mapped[int] = mapped_column(LONG_INTEGER)
    paid_on: Mapped[date]
    created_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("amount_cents between 1 and 1000000000000000", name="amount"),
        Index(None, "pot_id", "paid_on", "id"),
    )
