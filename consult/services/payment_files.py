"""Transfers asked of a bank: one file of all that is due, each payment in one live file."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain import bank_accounts, days
from ..domain.errors import RuleBroken
from ..formats import pain001
from ..models import Account, BankDetails, OpenCall, PayingAccount, Payment, PaymentFile, new_id
from ..queries import payments as queries
from . import journal, payments


def make(session: Session, call: OpenCall, *, by: Account, now: datetime) -> PaymentFile:
    """Make a file of what is due now to those who gave their bank details, none of one's own.

    Raises paying-account-missing and nothing-to-pay (409); two at once make one file.
    """
    actor, today = f"account:{by.id}", days.today(now, call.time_zone)
    payments.plan(session, call, actor=actor, now=now)
    payer = session.get(PayingAccount, call.id)
    if payer is None or not payer.iban:
        raise RuleBroken("paying-account-missing", 409)
    rows = [
        row
        for row in session.execute(queries.payable(call.id, by.id, today))
        if row.BankDetails.iban and row.BankDetails.holder
    ]
    if not rows:
        raise RuleBroken("nothing-to-pay", 409)
    made = _write(session, call, payer, rows, now)
    _record(session, made, "payment_file.made", actor, now)
    return made


def _write(
    session: Session, call: OpenCall, payer: PayingAccount, rows: Sequence[Any], now: datetime
) -> PaymentFile:
    """Write the file, and set what is in it as asked of the bank."""
    name = new_id()
    content = pain001.write(
        bank_accounts.Account(payer.holder, payer.iban, payer.bic),
        [_transfer(call, *row) for row in rows],
        message_id=name,
        on=days.today(now, call.time_zone),
        at=now,
    )
    made = PaymentFile(
        id=name,
        call_id=call.id,
        digest=pain001.digest(content),
        payments=len(rows),
        total_cents=sum(row.Payment.amount_cents for row in rows),
        content=content,
        made_at=now,
    )
    session.add(made)
    session.flush()
    for payment, to, _number in rows:
        payment.state, payment.file_id = "sent", made.id
        payment.target = bank_accounts.mark(to.iban, payment.end_to_end)
    session.flush()
    return made


def _transfer(call: OpenCall, payment: Payment, to: BankDetails, number: int) -> pain001.Transfer:
    account = bank_accounts.Account(to.holder, to.iban, to.bic)
    about = f"{call.title[:100]} {number}.{payment.position}"
    return pain001.Transfer(account, payment.amount_cents, about, payment.end_to_end)


def cancel(
    session: Session, call: OpenCall, file_id: str, *, by: Account, now: datetime
) -> PaymentFile:
    """Take back a file that the bank did not get: what it holds is due again.

    Raises file-unknown (404), and file-settled (409) once one of its payments is paid or came back.
    """
    payments.claim(session, call)
    found = session.get(PaymentFile, file_id, populate_existing=True)
    if found is None or found.call_id != call.id:
        raise RuleBroken("file-unknown", 404)
    inside = select(Payment).where(Payment.file_id == found.id).order_by(Payment.id)
    held = session.scalars(inside.execution_options(populate_existing=True)).all()
    if found.cancelled_at or any(one.state != "sent" for one in held):
        raise RuleBroken("file-settled", 409)
    today, actor = days.today(now, call.time_zone), f"account:{by.id}"
    for payment in held:
        payments.send_back(session, payment, on=today, reason="FILE CANCELLED")
    found.cancelled_at = now
    _record(session, found, "payment_file.cancelled", actor, now)
    payments.plan(session, call, actor=actor, now=now)
    return found


def of_call(session: Session, call: OpenCall, file_id: str) -> PaymentFile:
    """Return a file of a call, while its text is kept; file-unknown (404) otherwise."""
    found = session.get(PaymentFile, file_id)
    if found is None or found.call_id != call.id or not found.content:
        raise RuleBroken("file-unknown", 404)
    return found


def _record(session: Session, made: PaymentFile, act: str, actor: str, now: datetime) -> None:
    journal.record(
        session,
        act,
        f"payment_file:{made.id}",
        actor=actor,
        now=now,
        call=made.call_id,
        digest=made.digest,
        payments=made.payments,
        cents=made.total_cents,
    )
