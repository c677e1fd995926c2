"""What the bank says: payments known again by name, amount and account, and nothing guessed."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain import bank_accounts
from ..domain.errors import RuleBroken
from ..formats import camt053
from ..formats.camt053 import Line
from ..models import Account, OpenCall, PayingAccount, Payment
from ..queries import projects
from . import journal, payments

AT_ONCE = 500
MOST_SHOWN = 200


@dataclass
class Reading:
    """What a statement told: how many payments left, came back, were known, and the rest."""

    paid: int = 0
    returned: int = 0
    known: int = 0
    own: int = 0
    unmatched: list[Line] = field(default_factory=list)


def reconcile(
    session: Session, call: OpenCall, content: bytes, *, by: Account, now: datetime
) -> Reading:
    """Set as paid or come back what a statement of the call's own account tells.

    A line counts when its end-to-end name, its amount and its account are all those of a payment
    that was asked of the bank; read again, it changes nothing. Nobody settles their own project.
    Raises paying-account-missing, statement-other-account, statement-unreadable.
    """
    payments.claim(session, call)
    payer = session.get(PayingAccount, call.id, populate_existing=True)
    if payer is None or not payer.iban:
        raise RuleBroken("paying-account-missing", 409)
    statements = camt053.read(content)
    if any(one.iban != payer.iban for one in statements):
        raise RuleBroken("statement-other-account")
    lines = sorted(
        (line for one in statements for line in one.lines),
        key=lambda line: (line.on, line.is_return),
    )
    own = set(session.scalars(projects.conflicting(by.id, call.id)))
    by_name = _payments(session, call, {line.end_to_end for line in lines if line.end_to_end})
    done = Reading()
    for line in lines:
        _apply(session, by_name.get(line.end_to_end), line, own, done)
    _end(session, call, done, by, now)
    return done


def _apply(
    session: Session, payment: Payment | None, line: Line, own: set[str], done: Reading
) -> None:
    if payment is None or not _same(payment, line):
        done.unmatched.append(line)
    elif payment.project_id in own:
        done.own += 1
    elif line.is_return:
        _take_back(session, payment, line, done)
    elif payment.state == "sent":
        payments.settle(session, payment, on=line.on)
        done.paid += 1
    elif payment.paid_on is None:
        # It left although its file was taken back: someone must look at it.
        done.unmatched.append(line)
    else:
        done.known += 1


def _take_back(session: Session, payment: Payment, line: Line, done: Reading) -> None:
    if payment.state == "returned":
        done.known += 1
        return
    payments.send_back(session, payment, on=line.on, reason=line.reason)
    done.returned += 1


def _same(payment: Payment, line: Line) -> bool:
    """Tell whether a line is of a payment: the same amount, to the account it was sent to."""
    if payment.amount_cents != line.cents or not payment.target:
        return False
    marks = {bank_accounts.mark(iban, payment.end_to_end) for iban in line.ibans}
    return payment.target in marks


def _payments(session: Session, call: OpenCall, names: set[str]) -> dict[str, Payment]:
    ordered, found = sorted(names), {}
    for start in range(0, len(ordered), AT_ONCE):
        query = select(Payment).where(
            Payment.call_id == call.id, Payment.end_to_end.in_(ordered[start : start + AT_ONCE])
        )
        query = query.order_by(Payment.id).execution_options(populate_existing=True)
        found.update({one.end_to_end: one for one in session.scalars(query)})
    return found


def _end(session: Session, call: OpenCall, done: Reading, by: Account, now: datetime) -> None:
    if not (done.paid or done.returned):
        return
    actor = f"account:{by.id}"
    facts: dict[str, Any] = {
        "paid": done.paid,
        "returned": done.returned,
        "unmatched": len(done.unmatched),
    }
    name = f"open_call:{call.id}"
    journal.record(session, "statement.read", name, actor=actor, now=now, **facts)
    if done.returned:
        payments.plan(session, call, actor=actor, now=now)
