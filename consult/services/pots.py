"""Common pots: opened, fed by what members pay, drawn by calls, never overdrawn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from ..domain import clean, days, money
from ..domain.errors import RuleBroken
from ..models import Account, OpenCall, Pot, PotPayment
from ..queries import pots as queries
from . import journal

FIELDS: dict[str, Callable[..., Any]] = {
    "title": partial(clean.line, limit=200, required="title-missing"),
    "kept_by": partial(clean.line, limit=200, required="pot-keeper-missing"),
    "about": partial(clean.text, limit=2_000),
}


@dataclass(frozen=True)
class Paid:
    """What an organisation paid in: its name, the cents, the day."""

    payer: object
    cents: int
    on: date


def create(session: Session, *, values: Mapping[str, Any], by: Account, now: datetime) -> Pot:
    """Open a pot, empty, looked after by whoever opens it."""
    given = {name: read(values[name]) for name, read in FIELDS.items()}
    pot = Pot(**given, owner_id=by.id, created_at=now, version=1)
    session.add(pot)
    session.flush()
    _record(session, pot, "pot.created", by, now)
    return pot


def receive(session: Session, pot: Pot, paid: Paid, *, by: Account, now: datetime) -> PotPayment:
    """Write what an organisation paid into a pot.

    Raises payer-missing, amount-of-nothing, payment-day-future.
    """
    payer = clean.line(paid.payer, 200, required="payer-missing")
    if not 1 <= paid.cents <= money.MOST:
        raise RuleBroken("amount-of-nothing")
    if paid.on > days.today(now, "Europe/Paris"):
        raise RuleBroken("payment-day-future")
    facts = {"amount_cents": paid.cents, "paid_on": paid.on}
    found = PotPayment(pot_id=pot.id, payer=payer, created_at=now, **facts)
    session.add(found)
    session.flush()
    _record(session, pot, "pot.paid", by, now, cents=paid.cents, payment=found.id)
    return found


def take_back(session: Session, pot: Pot, payment_id: str, *, by: Account, now: datetime) -> None:
    """Delete a payment written by mistake.

    Raises pot-payment-unknown (404), and pot-short (409) when calls count on it.
    """
    _hold(session, [pot.id])
    found = session.get(PotPayment, payment_id)
    if found is None or found.pot_id != pot.id:
        raise RuleBroken("pot-payment-unknown", 404)
    facts = {"cents": found.amount_cents, "payment": found.id}
    session.delete(found)
    session.flush()
    _suffices(session, queries.standing(Pot.id == pot.id))
    _record(session, pot, "pot.payment-deleted", by, now, **facts)


def draw(session: Session, call: OpenCall) -> None:
    """Refuse with pot-short (409) what would take from a pot more than it holds.

    Until the commit, nobody else draws from the same pots.
    """
    session.flush()
    rows = session.execute(queries.of_call(call.id)).all()
    if rows:
        _hold(session, [row.Pot.id for row in rows])
        _suffices(session, queries.of_call(call.id))


def known(session: Session, pot_id: str | None) -> str | None:
    """Return the pot of an envelope, none for none; pot-unknown for one that is not there."""
    if pot_id and session.get(Pot, pot_id) is None:
        raise RuleBroken("pot-unknown")
    return pot_id or None


def _hold(session: Session, ids: list[str]) -> None:
    for pot_id in sorted(ids):
        session.execute(
            update(Pot)
            .where(Pot.id == pot_id)
            .values(version=Pot.version + 1)
            .execution_options(synchronize_session=False)
        )


def _suffices(session: Session, query: Any) -> None:
    for row in session.execute(query):
        if row.taken_cents > row.received_cents:
            raise RuleBroken("pot-short", 409, pot=row.Pot.title)


def _record(session: Session, pot: Pot, act: str, by: Account, now: datetime, **facts: Any) -> None:
    journal.record(session, act, f"pot:{pot.id}", actor=f"account:{by.id}", now=now, **facts)
