"""What comes after a split: where money goes, what is paid, help in kind, what was done with it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import LONG_INTEGER, Base, Id, new_id
from .sealed import Sealed, SealedText


class BankDetails(Base):
    """The account that receives what a project was awarded: its leading organisation's.

    Sealed, never public, in no export and in no journal entry.
    """

    __tablename__ = "bank_details"

    project_id: Mapped[str] = mapped_column(
        Id, ForeignKey("project.id", ondelete="CASCADE"), primary_key=True
    )
    holder: Mapped[str] = mapped_column(Sealed)
    iban: Mapped[str] = mapped_column(Sealed)
    bic: Mapped[str] = mapped_column(Sealed, default="")
    account_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    given_at: Mapped[datetime]


class PayingAccount(Base):
    """The account that the awards of a call are paid from: the funder's, or a fiscal host's."""

    __tablename__ = "paying_account"

    call_id: Mapped[str] = mapped_column(
        Id, ForeignKey("open_call.id", ondelete="CASCADE"), primary_key=True
    )
    holder: Mapped[str] = mapped_column(Sealed)
    iban: Mapped[str] = mapped_column(Sealed)
    bic: Mapped[str] = mapped_column(Sealed, default="")
    given_at: Mapped[datetime]


class PaymentFile(Base):
    """Transfers asked of a bank in one file, made once; its digest stays, its text does not.

    The text holds account numbers: it is emptied once nothing in it waits any more.
    """

    __tablename__ = "payment_file"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    call_id: Mapped[str] = mapped_column(
        Id, ForeignKey("open_call.id", ondelete="RESTRICT"), index=True
    )
    digest: Mapped[str] = mapped_column(String(64))
    payments: Mapped[int]
    total_cents: Mapped[int] = mapped_column(LONG_INTEGER)
    content: Mapped[str] = mapped_column(SealedText, default="")
    made_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("payments >= 1", name="payments"),
        CheckConstraint("total_cents >= 1", name="total"),
    )


class Payment(Base):
    """A part of an award to pay, asked of the bank, paid, or come back; never two open at once.

    `end_to_end` follows it through the banks. `target` is the mark of the account it was sent to.
    """

    __tablename__ = "payment"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    call_id: Mapped[str] = mapped_column(Id, ForeignKey("open_call.id", ondelete="RESTRICT"))
    decision_id: Mapped[str] = mapped_column(
        Id, ForeignKey("split_decision.id", ondelete="RESTRICT"), index=True
    )
    project_id: Mapped[str] = mapped_column(Id, ForeignKey("project.id", ondelete="RESTRICT"))
    envelope_id: Mapped[str] = mapped_column(
        Id, ForeignKey("call_envelope.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int]
    amount_cents: Mapped[int] = mapped_column(LONG_INTEGER)
    due_on: Mapped[date | None]
    after_report: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(8), default="to_pay")
    end_to_end: Mapped[str] = mapped_column(String(35), unique=True)
    file_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("payment_file.id", ondelete="RESTRICT"), index=True
    )
    target: Mapped[str] = mapped_column(String(64), default="")
    paid_on: Mapped[date | None]
    reference: Mapped[str] = mapped_column(String(140), default="")
    returned_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("state in ('to_pay', 'sent', 'paid', 'returned')", name="state"),
        CheckConstraint("amount_cents between 1 and 1000000000000000", name="amount"),
        CheckConstraint("state <> 'sent' or file_id is not null", name="sent_in_a_file"),
        CheckConstraint("state <> 'to_pay' or file_id is null", name="open_in_no_file"),
        CheckConstraint("state <> 'paid' or paid_on is not null", name="paid_on"),
        CheckConstraint(
            "(state = 'returned') = (returned_on is not null and reason <> '')", name="returned"
        ),
        Index(
            "uq_payment_open",
            "project_id",
            "envelope_id",
            "position",
            unique=True,
            sqlite_where=text("state = 'to_pay'"),
            postgresql_where=text("state = 'to_pay'"),
        ),
        Index(None, "call_id", "state", "due_on"),
    )


class AwardInKind(Base):
    """Help that is no money: equipment lent, a room, a training; shown beside the money."""

    __tablename__ = "award_in_kind"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    project_id: Mapped[str] = mapped_column(
        Id, ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str] = mapped_column(String(12))
    what: Mapped[str] = mapped_column(String(200))
    quantity: Mapped[int] = mapped_column(default=1)
    begins_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    given_back_on: Mapped[date | None]
    created_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("kind in ('equipment', 'room', 'training', 'other')", name="kind"),
        CheckConstraint("quantity between 1 and 1000000", name="quantity"),
        CheckConstraint(
            "ends_on is null or begins_on is null or ends_on >= begins_on", name="ends_after"
        ),
        CheckConstraint("given_back_on is null or kind = 'equipment'", name="given_back"),
    )


class ProjectReport(Base):
    """What those who carry a project did with what they received; public once published."""

    __tablename__ = "project_report"

    project_id: Mapped[str] = mapped_column(
        Id, ForeignKey("project.id", ondelete="CASCADE"), primary_key=True
    )
    done: Mapped[str]
    spent_cents: Mapped[int | None] = mapped_column(LONG_INTEGER)
    people: Mapped[int | None]
    # The name of the photo among the files of the site, and what it shows.
    photo: Mapped[str | None] = mapped_column(Id)
    photo_shows: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime]
    published_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("done <> ''", name="done"),
        CheckConstraint("spent_cents is null or spent_cents >= 0", name="spent"),
        CheckConstraint("people is null or people >= 0", name="people"),
        CheckConstraint("photo is null or photo_shows <> ''", name="photo_shows"),
    )
