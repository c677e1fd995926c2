"""The rows of a published split: its envelopes, its lines, its awards."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from ..domain import kept_splits
from ..domain.call_splits import WHOLE, Shared
from ..domain.splits import limits
from ..models import Award, CallEnvelope, SplitDecision, SplitEnvelope, SplitLine, SplitTelling

BATCH = 2_000
Row = dict[str, Any]


def write(
    session: Session, decision: SplitDecision, shared: Shared, envelopes: Sequence[CallEnvelope]
) -> None:
    """Write what a split decided, project by project, a batch at a time."""
    _put(session, SplitEnvelope, _envelopes(decision.id, shared, envelopes))
    _put(session, SplitLine, _lines(decision.id, shared))
    _put(session, Award, _awards(decision.id, shared, envelopes))
    session.add(SplitTelling(decision_id=decision.id))


def _put(session: Session, model: type[Any], rows: Iterable[Row]) -> None:
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        session.execute(insert(model), batch)


def _envelopes(
    decision_id: str, shared: Shared, envelopes: Sequence[CallEnvelope]
) -> Iterator[Row]:
    rules = shared.rules
    for place, (envelope, part) in enumerate(zip(envelopes, shared.series.shares, strict=True)):
        yield {
            "decision_id": decision_id,
            "position": place + 1,
            "envelope_id": envelope.id,
            "funder": envelope.funder,
            "amount_cents": part.split.envelope,
            "awarded_cents": part.split.awarded,
            "floor_cents": 0 if place else rules.floor,
            "cap_cents": None if place else rules.cap,
            "projects": len(part.places),
            "stages": kept_splits.stages(part.split),
        }


def _lines(decision_id: str, shared: Shared) -> Iterator[Row]:
    wanted, floors = limits(shared.demand, shared.terms)
    asked, awards = shared.demand.asked, shared.series.awards
    shares = [
        award * WHOLE // most if most else 0 for award, most in zip(awards, asked, strict=True)
    ]
    orders = [_places(shared, column) for column in (asked, awards, shares)]
    for rank, claim in enumerate(shared.claims):
        by_asked, by_awarded, by_share = (order[rank] for order in orders)
        yield {
            "decision_id": decision_id,
            "rank": rank,
            "project_id": claim.project,
            "number": claim.number,
            "asked_cents": claim.asked,
            "wanted_cents": wanted[rank],
            "floor_cents": floors[rank] if floors else 0,
            "awarded_cents": awards[rank],
            "priority": shared.demand.priority[rank] if shared.demand.priority else None,
            "share": shares[rank],
            "sources": None if claim.sources is None else list(claim.sources),
            "by_asked": by_asked,
            "by_awarded": by_awarded,
            "by_share": by_share,
        }


def _places(shared: Shared, column: Sequence[int]) -> list[int]:
    """Return the place of each line when they are sorted by a column, then by number."""
    numbers = [claim.number for claim in shared.claims]
    order = sorted(range(len(column)), key=lambda rank: (column[rank], -numbers[rank]))
    places = [0] * len(column)
    for place, rank in enumerate(order):
        places[rank] = place
    return places


def _awards(decision_id: str, shared: Shared, envelopes: Sequence[CallEnvelope]) -> Iterator[Row]:
    """Return what each project receives from each envelope that gives it something."""
    for envelope, part in zip(envelopes, shared.series.shares, strict=True):
        for place, cents in zip(part.places, part.split.awards, strict=True):
            if cents:
                yield {
                    "decision_id": decision_id,
                    "project_id": shared.claims[place].project,
                    "envelope_id": envelope.id,
                    "cents": cents,
                }
