"""Splits of calls: what they are computed from, and what was decided."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Exists, ScalarSelect, Select, and_, func, select
from sqlalchemy.orm import defer, undefer

from ..models import (
    Account,
    Award,
    CallEnvelope,
    OpenCall,
    Project,
    ProjectCarrier,
    SplitDecision,
    SplitEnvelope,
    SplitLine,
    SplitTelling,
)
from . import paging
from .projects import conflicting, is_public

Rows = Select[*tuple[Any, ...]]
ORDERS: Mapping[str, ColumnElement[int]] = {
    "number": SplitLine.number,  # type: ignore[dict-item]
    "asked": SplitLine.by_asked,  # type: ignore[dict-item]
    "received": SplitLine.by_awarded,  # type: ignore[dict-item]
    "share": SplitLine.by_share,  # type: ignore[dict-item]
}


def demand(call_id: str) -> Rows:
    """Select what the projects of a call ask, with the organisation that leads each."""
    lead = and_(ProjectCarrier.project_id == Project.id, ProjectCarrier.leads)
    return (
        select(
            Project.id,
            Project.number,
            Project.title,
            Project.asked_cents,
            Project.cost_cents,
            Project.other_cents,
            Project.priority,
            Project.territory_code,
            ProjectCarrier.organisation_id,
        )
        .outerjoin(ProjectCarrier, lead)
        .where(Project.call_id == call_id, is_public())
        .order_by(Project.id)
    )


def hidden(call_id: str, limit: int) -> Rows:
    """Select the projects that were sent and are hidden, by their numbers."""
    return (
        select(Project.id, Project.title)
        .where(
            Project.call_id == call_id,
            Project.state == "submitted",
            Project.moderation != "published",
        )
        .order_by(Project.number)
        .limit(limit)
    )


def envelopes(call_id: str) -> Select[CallEnvelope]:
    """Select the envelopes of a call, in the order in which they are shared."""
    query = select(CallEnvelope).where(CallEnvelope.call_id == call_id)
    return query.order_by(CallEnvelope.position)


def carries(call_id: str, account_id: str) -> Exists:
    """Tell whether an account wrote a project of a call, or signs for one that carries some."""
    return conflicting(account_id, call_id).where(Project.state == "submitted").exists()


def decisions(call_id: str) -> Select[SplitDecision]:
    """Select the splits of a call without their records, the one in force first."""
    return (
        select(SplitDecision)
        .options(defer(SplitDecision.record))
        .where(SplitDecision.call_id == call_id)
        .order_by(SplitDecision.number.desc())
    )


def whole(decision_id: str) -> Select[SplitDecision]:
    """Select a split with its record."""
    query = select(SplitDecision).where(SplitDecision.id == decision_id)
    return query.options(undefer(SplitDecision.record))


def shared(decision_id: str) -> Select[SplitEnvelope]:
    """Select the envelopes of a split, in the order in which they were shared."""
    query = select(SplitEnvelope).where(SplitEnvelope.decision_id == decision_id)
    return query.order_by(SplitEnvelope.position)


def lines(
    decision_id: str, order: str, *, descending: bool, cursor: str | None, limit: int = paging.SIZE
) -> Rows:
    """Select a page of the lines of a split in one of the orders, with the project's title."""
    query = _lines(decision_id)
    return paging.after(
        query, (ORDERS[order],), descending=descending, cursor_text=cursor, limit=limit
    )


def ranked(decision_id: str, after: int, limit: int) -> Rows:
    """Select lines in the order of the tie keys, from a rank on."""
    query = _lines(decision_id).where(SplitLine.rank > after)
    return query.order_by(SplitLine.rank).limit(limit)


def amounts(decision_id: str) -> Rows:
    """Select what each project received by a split."""
    query = select(SplitLine.project_id, SplitLine.awarded_cents)
    return query.where(SplitLine.decision_id == decision_id).order_by(SplitLine.rank)


def _lines(decision_id: str | ScalarSelect[str]) -> Rows:
    return (
        select(
            *SplitLine.__table__.columns,
            Project.title,
            (Project.moderation != "published").label("is_hidden"),
            func.coalesce(func.nullif(Project.contact_email, ""), Account.email).label("email"),
        )
        .join(Project, Project.id == SplitLine.project_id)
        .outerjoin(Account, Account.id == Project.account_id)
        .where(SplitLine.decision_id == decision_id)
    )


def parts(decision_id: str, project_ids: Sequence[str]) -> Rows:
    """Select what each envelope gave to some projects."""
    return (
        select(Award.project_id, SplitEnvelope.position, Award.cents)
        .join(
            SplitEnvelope,
            and_(
                SplitEnvelope.decision_id == Award.decision_id,
                SplitEnvelope.envelope_id == Award.envelope_id,
            ),
        )
        .where(Award.decision_id == decision_id, Award.project_id.in_(project_ids))
        .order_by(Award.project_id, SplitEnvelope.position)
    )


def of_project(call_id: str, project_id: str) -> Rows:
    """Select the split in force of a call with the line of a project, when it has one.

    One row for each envelope, in their order, with the `cents` that it gave to the project.
    """
    newest = select(func.max(SplitDecision.number)).where(SplitDecision.call_id == call_id)
    got = and_(
        Award.decision_id == SplitEnvelope.decision_id,
        Award.envelope_id == SplitEnvelope.envelope_id,
        Award.project_id == project_id,
    )
    cents = func.coalesce(Award.cents, 0).label("cents")
    return (
        select(SplitDecision, SplitLine, SplitEnvelope, cents)
        .options(defer(SplitDecision.record))
        .join(SplitLine, SplitLine.decision_id == SplitDecision.id)
        .join(SplitEnvelope, SplitEnvelope.decision_id == SplitDecision.id)
        .outerjoin(Award, got)
        .where(
            SplitDecision.call_id == call_id,
            SplitDecision.number == newest.scalar_subquery(),
            SplitLine.project_id == project_id,
        )
        .order_by(SplitEnvelope.position)
    )


def to_tell() -> Select[SplitTelling]:
    """Select the published split whose carriers wait for their letter, the oldest first."""
    query = select(SplitTelling).where(SplitTelling.done_at.is_(None))
    return query.order_by(SplitTelling.decision_id).limit(1)


def published(limit: int) -> Rows:
    """Select calls whose split was published, the latest first."""
    return (
        select(OpenCall.slug, OpenCall.title, SplitDecision.id, SplitDecision.published_at)
        .join(SplitDecision, SplitDecision.call_id == OpenCall.id)
        .where(SplitDecision.number == 1, OpenCall.published_at.is_not(None))
        .order_by(SplitDecision.published_at.desc(), SplitDecision.id)
        .limit(limit)
    )


def told_of(decision_id: str) -> Select[SplitDecision]:
    """Select a split without its record."""
    query = select(SplitDecision).where(SplitDecision.id == decision_id)
    return query.options(defer(SplitDecision.record))


def lost(decision: SplitDecision) -> Rows:
    """Select the lines of the split before one, of the projects that are no longer in it."""
    earlier = select(SplitDecision.id).where(
        SplitDecision.call_id == decision.call_id, SplitDecision.number == decision.number - 1
    )
    kept = select(SplitLine.project_id).where(SplitLine.decision_id == decision.id)
    query = _lines(earlier.scalar_subquery()).where(SplitLine.project_id.not_in(kept))
    return query.order_by(SplitLine.rank)


def before(call_id: str, number: int, project_ids: Sequence[str]) -> Rows:
    """Select what some projects received by the split that came before one."""
    return (
        select(SplitLine.project_id, SplitLine.awarded_cents)
        .join(SplitDecision, SplitDecision.id == SplitLine.decision_id)
        .where(
            SplitDecision.call_id == call_id,
            SplitDecision.number == number - 1,
            SplitLine.project_id.in_(project_ids),
        )
        .order_by(SplitLine.rank)
    )
