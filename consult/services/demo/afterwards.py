"""What comes after a split in the demonstration: payments made, help in kind, reports; a pot."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...domain import money
from ...models import (
    Account,
    AwardInKind,
    OpenCall,
    Payment,
    Pot,
    PotPayment,
    Project,
    ProjectReport,
)
from .. import payments
from . import keys

Day = Callable[[int], datetime]


def pots(session: Session, owner: Account, about: list[Mapping[str, Any]], day: Day) -> None:
    """Write the common pots, and what was paid in."""
    for said in about:
        pot = Pot(
            id=keys.of("pot", said["key"]),
            owner_id=owner.id,
            created_at=day(-90),
            **{name: said[name] for name in ("title", "kept_by", "about")},
        )
        session.add(pot)
        session.flush()
        for number, paid in enumerate(said["paid"], start=1):
            at = day(paid["day"])
            row = keys.of("pot payment", f"{said['key']}/{number}")
            facts = {"payer": paid["payer"], "amount_cents": 100 * paid["amount"]}
            session.add(
                PotPayment(id=row, pot_id=pot.id, paid_on=at.date(), created_at=at, **facts)
            )
    session.flush()


def tell(
    session: Session, project: Project, said: Mapping[str, Any], *, by: Account, day: Day
) -> None:
    """Write what became of a project that receives something."""
    call = session.get_one(OpenCall, project.call_id)
    if "paid" in said:
        at = day(said["paid"])
        made = payments.Made(at.date().isoformat())
        due = select(Payment.id).where(Payment.project_id == project.id).order_by(Payment.id)
        for payment in session.scalars(due).all():
            payments.mark_paid(session, call, payment, made, by=by, now=at)
    if "lent" in said:
        begins = {"begins_on": day(-2).date(), "created_at": day(-2)}
        session.add(AwardInKind(project_id=project.id, **said["lent"], **begins))
    if "told" in said:
        told, at = said["told"], day(-1)
        figures = {"spent_cents": money.read(told["spent"], "fr"), "people": told["people"]}
        when = {"updated_at": at, "published_at": at}
        report = {"project_id": project.id, "done": told["done"], "version": 1}
        session.add(ProjectReport(**report, **figures, **when))
    session.flush()
