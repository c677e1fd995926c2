"""Open calls: who sees which, and the rows their pages are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    true,
)

from ..models import CallEnvelope, CallOfficer, Instalment, OpenCall, Pot, Principle, Territory
from . import territories


@dataclass(frozen=True)
class Reader:
    """Who asks: the account that may run calls, and whether they see all of them."""

    account_id: str | None = None
    sees_all: bool = False

    def sees(self) -> ColumnElement[bool]:
        """Keep the calls that this reader may know of: what is public, and those they run."""
        if self.sees_all:
            return true()
        public = OpenCall.published_at.is_not(None)
        if self.account_id is None:
            return public
        return or_(public, _runs(self.account_id))


def by_slug(slug: str, reader: Reader) -> Select[OpenCall]:
    """Select the call of an address, if the reader may know of it."""
    return select(OpenCall).where(OpenCall.slug == slug, reader.sees())


LATEST: tuple[ColumnElement[Any], ...] = (OpenCall.published_at, OpenCall.id)  # type: ignore[assignment]
CREATED: tuple[ColumnElement[Any], ...] = (OpenCall.created_at, OpenCall.id)  # type: ignore[assignment]
MOST_EARLIER = 100


def envelope() -> ColumnElement[int]:
    """Return the sum of the envelopes of a call, in cents."""
    total = select(func.coalesce(func.sum(CallEnvelope.amount_cents), 0))
    given = total.where(CallEnvelope.call_id == OpenCall.id).correlate(OpenCall)
    return cast(given.scalar_subquery(), BigInteger)


CARD = (
    OpenCall.id,
    OpenCall.slug,
    OpenCall.title,
    OpenCall.opened_by,
    OpenCall.about,
    OpenCall.rule,
    OpenCall.time_zone,
    OpenCall.opens_at,
    OpenCall.closes_at,
    OpenCall.published_at,
    OpenCall.cancelled_at,
    OpenCall.created_at,
    OpenCall.projects,
    OpenCall.territory_code,
    Territory.name.label("territory"),
    envelope().label("envelope_cents"),
)
Rows = Select[*tuple[Any, ...]]


def near(code: str) -> ColumnElement[bool]:
    """Tell which calls are for a territory: of it, above it, inside it, or of no place."""
    here = territories.above(code).union(territories.within(code))
    return or_(OpenCall.territory_code.is_(None), OpenCall.territory_code.in_(here))


def cards(*conditions: ColumnElement[bool]) -> Rows:
    """Select the narrow rows that lists are made of."""
    query = select(*CARD).outerjoin(Territory, Territory.code == OpenCall.territory_code)
    return query.where(*conditions)


def published(territory: str | None = None) -> Rows:
    """Select the calls that anyone may read, of one territory when it is given."""
    conditions = [OpenCall.published_at.is_not(None)]
    return cards(*conditions, *([near(territory)] if territory else []))


def takes_projects(now: datetime) -> ColumnElement[bool]:
    """Tell which calls are open: the same rule as `domain.open_calls`."""
    return and_(
        OpenCall.published_at.is_not(None),
        OpenCall.cancelled_at.is_(None),
        OpenCall.opens_at <= now,
        OpenCall.closes_at > now,
    )


def open_now(now: datetime, limit: int) -> Rows:
    """Select the calls that take projects, the first to close first."""
    return cards(takes_projects(now)).order_by(OpenCall.closes_at, OpenCall.id).limit(limit)


def run_by(reader: Reader) -> Rows:
    """Select the calls that someone runs; all of them for an administrator."""
    if reader.sees_all:
        return cards()
    return cards(_runs(reader.account_id or ""))


def earlier(reader: Reader) -> Rows:
    """Select the calls that may be copied: what the reader may know of, the newest first."""
    query = select(OpenCall.id, OpenCall.slug, OpenCall.title).where(reader.sees())
    return query.order_by(OpenCall.created_at.desc(), OpenCall.id).limit(MOST_EARLIER)


def about(terms: Sequence[str]) -> Rows:
    """Select the public calls whose words hold every term."""
    return cards(holds(terms))


def holds(terms: Sequence[str]) -> ColumnElement[bool]:
    """Tell which public calls hold every term."""
    padded = literal(" ") + OpenCall.search + literal(" ")
    found = (padded.contains(f" {term} ", autoescape=True) for term in terms)
    return and_(OpenCall.published_at.is_not(None), *found)


def principles(call_id: str) -> Select[Principle]:
    """Select the checklist of a call, in order."""
    return select(Principle).where(Principle.call_id == call_id).order_by(Principle.position)


def envelopes(call_id: str) -> Rows:
    """Select what each funder gives, and the name of the territory it is kept for."""
    return (
        select(
            CallEnvelope.funder,
            CallEnvelope.amount_cents,
            CallEnvelope.priority,
            CallEnvelope.pot_id,
            Pot.title.label("pot"),
            Territory.name.label("territory"),
        )
        .outerjoin(Territory, Territory.code == CallEnvelope.territory_code)
        .outerjoin(Pot, Pot.id == CallEnvelope.pot_id)
        .where(CallEnvelope.call_id == call_id)
        .order_by(CallEnvelope.position)
    )


def instalments(call_id: str) -> Select[Instalment]:
    """Select the parts in which awards are paid, in order."""
    return select(Instalment).where(Instalment.call_id == call_id).order_by(Instalment.position)


def _runs(account_id: str) -> ColumnElement[bool]:
    return exists().where(CallOfficer.call_id == OpenCall.id, CallOfficer.account_id == account_id)
