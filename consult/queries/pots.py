"""Common pots: what was paid in, what calls take from them, what is left."""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, case, cast, exists, func, select
from sqlalchemy.orm import aliased

from ..models import Award, CallEnvelope, OpenCall, Pot, PotPayment, SplitDecision
from . import paging

Rows = Select[*tuple[Any, ...]]


def _sum(amount: ColumnElement[Any]) -> ColumnElement[int]:
    return cast(func.coalesce(func.sum(amount), 0), BigInteger)


def received() -> ColumnElement[int]:
    """Return what was paid into a pot, in cents."""
    query = select(_sum(PotPayment.amount_cents)).where(PotPayment.pot_id == Pot.id)  # type: ignore[arg-type]
    return query.correlate(Pot).scalar_subquery()


def taken() -> ColumnElement[int]:
    """Return what published calls take from a pot: once they are shared, what they award."""
    query = (
        select(_sum(_drawn()))
        .select_from(CallEnvelope)
        .join(OpenCall, OpenCall.id == CallEnvelope.call_id)
    )
    return query.where(CallEnvelope.pot_id == Pot.id, _draws()).correlate(Pot).scalar_subquery()


def standing(*conditions: ColumnElement[bool]) -> Rows:
    """Select pots, each with what was paid in and what is taken, by their names."""
    query = select(Pot, received().label("received_cents"), taken().label("taken_cents"))
    return query.where(*conditions).order_by(Pot.title, Pot.id)


def looked_after(account_id: str | None) -> ColumnElement[bool]:
    """Keep the pots that an account looks after; all of them for None."""
    return Pot.owner_id == account_id if account_id else Pot.id.is_not(None)


def payments(pot_id: str, cursor: str | None = None) -> Rows:
    """Select a page of what was paid into a pot, the newest first."""
    columns: tuple[ColumnElement[Any], ...] = (PotPayment.paid_on, PotPayment.id)  # type: ignore[assignment]
    query = select(PotPayment).where(PotPayment.pot_id == pot_id)
    return paging.after(query, columns, descending=True, cursor_text=cursor)


def calls(pot_id: str) -> Rows:
    """Select what each published call takes from a pot, the newest first."""
    return (
        select(OpenCall.slug, OpenCall.title, _sum(_drawn()).label("cents"))
        .join(CallEnvelope, CallEnvelope.call_id == OpenCall.id)
        .where(CallEnvelope.pot_id == pot_id, _draws())
        .group_by(OpenCall.id, OpenCall.slug, OpenCall.title, OpenCall.published_at)
        .order_by(OpenCall.published_at.desc(), OpenCall.id)
        .limit(paging.MOST)
    )


def of_call(call_id: str) -> Rows:
    """Select the pots that a call takes from."""
    drawn = exists().where(CallEnvelope.pot_id == Pot.id, CallEnvelope.call_id == call_id)
    return standing(drawn)


def _draws() -> ColumnElement[bool]:
    return and_(OpenCall.published_at.is_not(None), OpenCall.cancelled_at.is_(None))


def _drawn() -> ColumnElement[Any]:
    """Return what an envelope takes: its amount, until a split says what it awards."""
    decided = exists().where(SplitDecision.call_id == CallEnvelope.call_id)
    return case((decided, _awarded()), else_=CallEnvelope.amount_cents)


def _awarded() -> ColumnElement[Any]:
    latest = aliased(SplitDecision)
    last = select(func.max(latest.number)).where(latest.call_id == SplitDecision.call_id)
    return (
        select(func.coalesce(func.sum(Award.cents), 0))
        .join(SplitDecision, SplitDecision.id == Award.decision_id)
        .where(
            Award.envelope_id == CallEnvelope.id,
            SplitDecision.number == last.correlate(SplitDecision).scalar_subquery(),
        )
        .correlate(CallEnvelope)
        .scalar_subquery()
    )
