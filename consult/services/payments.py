"""Paying what a split gives: the plan of the decision in force, what is paid, what comes back."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..domain import clean, days, instalments
from ..domain.errors import RuleBroken
from ..models import (
    Account,
    OpenCall,
    Payment,
    PaymentFile,
    Project,
    SplitDecision,
)
from ..queries import payments as queries
from ..queries import projects
from . import journal, payment_rows
from .payment_rows import Place

REFERENCE_LIMIT = 140
REASON_LIMIT = 300


@dataclass
class Plan:
    """What a plan did, and the cents that each project was paid beyond what it is given now."""

    decision_id: str
    made: int = 0
    removed: int = 0
    over: dict[str, int] = field(default_factory=dict)


def plan(session: Session, call: OpenCall, *, actor: str, now: datetime) -> Plan:
    """Write what is to pay by the decision in force; done again, it changes nothing.

    What was paid or asked of the bank stays: only the difference is due, and it is never negative.
    Raises no-split-yet (409) before a split is published.
    """
    claim(session, call)
    decision = session.scalars(queries.in_force(call.id)).one_or_none()
    if decision is None:
        raise RuleBroken("no-split-yet", 409)
    done = Plan(decision.id)
    steps = session.scalars(queries.schedule(call.id)).all()
    shares = [step.share for step in steps]
    given: dict[Place, int] = {
        (one.project_id, one.envelope_id): one.cents
        for one in session.scalars(queries.awards(decision.id))
    }
    settled, open_ones = _standing(session, call)
    places = {*given, *settled, *open_ones}
    dues, done.over = instalments.dues(places, given, settled, shares)
    gone: list[Payment] = []
    new: list[dict[str, Any]] = []
    for place, parts in dues.items():
        wanted = payment_rows.wanted(parts, steps, open_ones[place])
        changed = payment_rows.change(decision, place, wanted, now)
        gone += changed[0]
        new += changed[1]
    done.made, done.removed = payment_rows.put(session, gone, new)
    if done.made or done.removed:
        facts = {"decision": decision.id, "made": done.made, "removed": done.removed}
        _record(session, call, "payments.planned", actor=actor, now=now, **facts)
    return done


@dataclass
class Standing:
    """Where the payments of a call stand: by state in cents, and what was paid too much."""

    decision: SplitDecision | None
    cents: dict[str, int]
    over: dict[str, int]
    is_planned: bool


def standing(session: Session, call: OpenCall) -> Standing:
    """Return where the payments of a call stand; `is_planned` once the plan is written."""
    decision = session.scalars(queries.in_force(call.id)).one_or_none()
    left: defaultdict[Place, int] = defaultdict(int)
    for one in session.scalars(queries.awards(decision.id)) if decision else ():
        left[one.project_id, one.envelope_id] += one.cents
    cents, waiting = {"to_pay": 0, "sent": 0, "paid": 0}, defaultdict[Place, int](int)
    for payment in session.scalars(queries.of_call(call.id)):
        place = (payment.project_id, payment.envelope_id)
        cents[payment.state] += payment.amount_cents
        if payment.state == "to_pay":
            waiting[place] += payment.amount_cents
        else:
            left[place] -= payment.amount_cents
    over, planned = dict[str, int](), True
    for project, group in groupby(sorted({*left, *waiting}), key=lambda place: place[0]):
        places = list(group)
        dues, rest = instalments.across([left[place] for place in places])
        planned &= dues == [waiting[place] for place in places]
        if rest:
            over[project] = rest
    return Standing(decision, cents, over, planned)


@dataclass(frozen=True)
class Made:
    """How a payment was made: the day, in the form's words, and the payer's own reference."""

    on: object
    reference: object = ""


def mark_paid(
    session: Session, call: OpenCall, payment_id: str, made: Made, *, by: Account, now: datetime
) -> Payment:
    """Write that a payment was made, by hand or once the bank says so.

    Raises payment-unknown (404), payment-settled (409) when it is paid or came back,
    payment-withdrawn (409) when the project was taken back, pays-own-project (403),
    payment-day-future, day-unreadable.
    """
    today = days.today(now, call.time_zone)
    on = days.read(made.on) or today
    if on > today:
        raise RuleBroken("payment-day-future")
    reference = clean.line(made.reference, REFERENCE_LIMIT)
    payment = _held(session, call, payment_id, by)
    if payment.state not in ("to_pay", "sent"):
        raise RuleBroken("payment-settled", 409)
    project = session.get_one(Project, payment.project_id, populate_existing=True)
    if payment.state == "to_pay" and project.state != "submitted":
        raise RuleBroken("payment-withdrawn", 409)
    settle(session, payment, on=on, reference=reference)
    _record_payment(session, payment, "payment.paid", f"account:{by.id}", now, on=on.isoformat())
    return payment


def mark_returned(
    session: Session, call: OpenCall, payment_id: str, reason: object, *, by: Account, now: datetime
) -> Payment:
    """Write that a payment came back, or did not leave, and why; it becomes due again.

    Raises payment-unknown (404), payment-not-made (409), pays-own-project (403),
    return-reason-missing.
    """
    why = clean.line(reason, REASON_LIMIT, required="return-reason-missing")
    payment = _held(session, call, payment_id, by)
    if payment.state not in ("sent", "paid"):
        raise RuleBroken("payment-not-made", 409)
    actor = f"account:{by.id}"
    send_back(session, payment, on=days.today(now, call.time_zone), reason=why)
    _record_payment(session, payment, "payment.returned", actor, now)
    plan(session, call, actor=actor, now=now)
    return payment


def settle(session: Session, payment: Payment, *, on: date, reference: str = "") -> None:
    """Set a payment as paid, and forget the text of its file when nothing else waits in it."""
    payment.state, payment.paid_on, payment.reference = "paid", on, reference
    _close(session, payment)


def send_back(session: Session, payment: Payment, *, on: date, reason: str) -> None:
    """Set a payment as come back; its place in the award is open again."""
    payment.state, payment.returned_on, payment.reason = "returned", on, reason
    _close(session, payment)


def claim(session: Session, call: OpenCall) -> None:
    """Let one person at a time write the payments of a call."""
    session.flush()
    session.execute(
        update(OpenCall)
        .where(OpenCall.id == call.id)
        .values(slug=OpenCall.slug)
        .execution_options(synchronize_session=False)
    )


def refuse_own(session: Session, call: OpenCall, project_id: str, by: Account) -> None:
    """Raise pays-own-project (403) when the project is of this person, or of their organisation."""
    own = projects.conflicting(by.id, call.id)
    if project_id in session.scalars(own).all():
        raise RuleBroken("pays-own-project", 403)


def _held(session: Session, call: OpenCall, payment_id: str, by: Account) -> Payment:
    claim(session, call)
    found = session.get(Payment, payment_id, populate_existing=True)
    if found is None or found.call_id != call.id:
        raise RuleBroken("payment-unknown", 404)
    refuse_own(session, call, found.project_id, by)
    return found


def _standing(
    session: Session, call: OpenCall
) -> tuple[defaultdict[Place, dict[int, int]], defaultdict[Place, dict[int, Payment]]]:
    """Return what was paid or sent, and what is open, by place then by position."""
    settled: defaultdict[Place, dict[int, int]] = defaultdict(dict)
    waiting: defaultdict[Place, dict[int, Payment]] = defaultdict(dict)
    for one in session.scalars(queries.of_call(call.id)):
        place = (one.project_id, one.envelope_id)
        if one.state == "to_pay":
            waiting[place][one.position] = one
        else:
            before = settled[place].get(one.position, 0)
            settled[place][one.position] = before + one.amount_cents
    return settled, waiting


def _close(session: Session, payment: Payment) -> None:
    session.flush()
    if payment.file_id is None:
        return
    waits = select(Payment.id).where(Payment.file_id == payment.file_id, Payment.state == "sent")
    if session.scalar(waits.limit(1)) is None:
        session.get_one(PaymentFile, payment.file_id).content = ""


def _record_payment(
    session: Session, payment: Payment, act: str, actor: str, now: datetime, **facts: str
) -> None:
    name = f"payment:{payment.id}"
    told: dict[str, Any] = {
        "project": payment.project_id,
        "cents": payment.amount_cents,
        **facts,
    }
    journal.record(session, act, name, actor=actor, now=now, **told)


def _record(
    session: Session, call: OpenCall, act: str, *, actor: str, now: datetime, **facts: Any
) -> None:
    journal.record(session, act, f"open_call:{call.id}", actor=actor, now=now, **facts)
