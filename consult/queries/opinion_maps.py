"""Opinions to group, and the consultations whose groups are to be found again."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from ..models import Consultation, OpinionMap, Stance, Statement
from . import statements

EVERY = timedelta(minutes=10)
LEAST = 2  # statements


def opinions(consultation_id: str) -> Select[str, str, int]:
    """Select each opinion on a published proposal: who, on what, 1, 0 or -1."""
    return (
        select(Stance.participant_id, Stance.statement_id, Stance.value)
        .join(Statement, Statement.id == Stance.statement_id)
        .where(_proposals(consultation_id))
        .order_by(Stance.statement_id, Stance.participant_id)
    )


def number(consultation_id: str) -> Select[int]:
    """Select how many opinions there are, from the counters of the proposals."""
    given = Statement.agree + Statement.mixed + Statement.disagree
    return select(func.coalesce(func.sum(given), 0)).where(_proposals(consultation_id))


def due(now: datetime) -> Select[str]:
    """Select the consultation whose groups were looked at longest ago, never first."""
    ended = func.coalesce(Consultation.closed_early_at, Consultation.closes_at)
    return (
        select(Consultation.id)
        .outerjoin(OpinionMap, OpinionMap.consultation_id == Consultation.id)
        .where(
            Consultation.published_at <= now,
            Consultation.proposals >= LEAST,
            or_(
                OpinionMap.found_at.is_(None),
                and_(
                    OpinionMap.found_at <= now - EVERY,
                    or_(ended.is_(None), OpinionMap.found_at <= ended),
                ),
            ),
        )
        .order_by(OpinionMap.found_at.asc().nulls_first(), Consultation.id)
        .limit(1)
    )


def proposals(ids: list[str]) -> Select[str, str, str]:
    """Select those of some proposals that anybody may read: id, title, text."""
    return (
        select(Statement.id, Statement.title, Statement.body)
        .where(Statement.id.in_(ids), Statement.state == "published")
        .order_by(Statement.id)
    )


def best_known(consultation_id: str, most: int) -> Select[*tuple[Any, ...]]:
    """Select the proposals that received most opinions, here or elsewhere, with their counts."""
    agree, mixed, disagree, _score = statements.COUNTS
    given = agree.element + mixed.element + disagree.element
    return (
        select(Statement.id, Statement.title, Statement.body, agree, mixed, disagree)
        .where(_proposals(consultation_id), given > 0)
        .order_by(given.desc(), Statement.id)
        .limit(most)
    )


def _proposals(consultation_id: str) -> Any:
    return and_(
        Statement.consultation_id == consultation_id,
        Statement.kind == "proposal",
        Statement.state == "published",
    )
