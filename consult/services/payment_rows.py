"""The payments that wait for a split: what is due, compared with what is written, put at once."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from ..models import Instalment, Payment, SplitDecision, new_id

AT_ONCE = 500
Place = tuple[str, str]  # a project and an envelope


@dataclass(frozen=True)
class Due:
    """A part that is due, and the payment that waits for it."""

    position: int
    cents: int
    on: date | None
    after_report: bool
    waiting: Payment | None


def wanted(
    dues: list[int], steps: Sequence[Instalment], waiting: Mapping[int, Payment]
) -> list[Due]:
    """Return what is due at a place, part by part, with the payment that waits for each."""
    by_position = dict(enumerate(steps, start=1))
    found = []
    for position in sorted({*range(1, len(dues) + 1), *waiting}):
        step = by_position.get(position)
        cents = dues[position - 1] if position <= len(dues) else 0
        on, after = (step.due_on, step.after_report) if step else (None, False)
        found.append(Due(position, cents, on, after, waiting.get(position)))
    return found


def change(
    decision: SplitDecision, place: Place, dues: Sequence[Due], now: datetime
) -> tuple[list[Payment], list[dict[str, Any]]]:
    """Return the payments of a place that no longer wait as they are, and those to write."""
    gone, new = [], []
    for one in dues:
        told = (one.cents, one.on, one.after_report)
        if one.waiting is not None:
            if told == (one.waiting.amount_cents, one.waiting.due_on, one.waiting.after_report):
                continue
            gone.append(one.waiting)
        if one.cents:
            new.append(payment(decision, place, one, now))
    return gone, new


def put(
    session: Session, gone: Sequence[Payment], new: Sequence[dict[str, Any]]
) -> tuple[int, int]:
    """Take away and write payments, many at a time; return how many were written, and taken."""
    session.flush()
    for payment in gone:
        session.expunge(payment)
    for start in range(0, len(gone), AT_ONCE):
        keys = [one.id for one in gone[start : start + AT_ONCE]]
        session.execute(delete(Payment).where(Payment.id.in_(keys)))
    for start in range(0, len(new), AT_ONCE):
        session.execute(insert(Payment), new[start : start + AT_ONCE])
    return len(new), len(gone)


def payment(decision: SplitDecision, place: Place, one: Due, now: datetime) -> dict[str, Any]:
    """Return the row of a payment that waits."""
    return {
        "id": new_id(),
        "call_id": decision.call_id,
        "decision_id": decision.id,
        "project_id": place[0],
        "envelope_id": place[1],
        "position": one.position,
        "amount_cents": one.cents,
        "due_on": one.on,
        "after_report": one.after_report,
        "end_to_end": f"C{secrets.token_hex(10).upper()}",
        "created_at": now,
    }
