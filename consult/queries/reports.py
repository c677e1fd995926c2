"""Reports: those of one text for whoever decides, one's own for whoever sent it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_, select

from ..models import Consultation, Report, Statement
from . import paging

Rows = Select[*tuple[Any, ...]]
IS_OPEN = Report.answered_at.is_(None)


def open_of(statement_ids: Sequence[str]) -> Rows:
    """Select what waits for an answer about some texts, the oldest first, never who sent it."""
    return (
        select(
            Report.id,
            Report.statement_id,
            Report.version,
            Report.reason,
            Report.explanation,
            Report.created_at,
        )
        .where(Report.statement_id.in_(statement_ids), IS_OPEN)
        .order_by(Report.created_at, Report.id)
        .limit(paging.MOST)
    )


def people() -> ColumnElement[int]:
    """Count the people who wait for an answer about a text; correlated to `Statement`."""
    number = func.count(func.distinct(func.coalesce(Report.participant_id, Report.id)))
    waiting = select(number).where(Report.statement_id == Statement.id, IS_OPEN)
    return waiting.correlate(Statement).scalar_subquery()


def first() -> ColumnElement[datetime]:
    """Give the instant since when someone waits; correlated to `Statement`."""
    query = select(func.min(Report.created_at)).where(Report.statement_id == Statement.id, IS_OPEN)
    return query.correlate(Statement).scalar_subquery()


def waiting() -> Select[str]:
    """Select the ids of the texts about which someone waits for an answer."""
    return select(Report.statement_id).where(IS_OPEN)


def one_of(report_id: str, participant_id: str | None, followed: Sequence[str]) -> Rows:
    """Select one of the reader's own reports: by their browser, or by a number they gave.

    With the text's kind and state, never its words.
    """
    by_browser = Report.participant_id == participant_id if participant_id else false()
    by_number = Report.id.in_(followed) if followed else false()
    return (
        select(
            Report,
            Statement.kind,
            Statement.state,
            Consultation.title,
            Consultation.slug,
            Consultation.time_zone,
        )
        .join(Statement, Statement.id == Report.statement_id)
        .join(Consultation, Consultation.id == Report.consultation_id)
        .where(Report.id == report_id, or_(by_browser, by_number))
    )


def earlier(statement_id: str, version: int, participant_id: str) -> Select[Report]:
    """Select what a person already said of one version of a text."""
    return select(Report).where(
        Report.statement_id == statement_id,
        Report.version == version,
        Report.participant_id == participant_id,
    )


def with_address(statement_ids: Sequence[str]) -> Rows:
    """Select the reports of some texts whose senders gave an address, and their consultations."""
    return (
        select(Report, Consultation)
        .join(Consultation, Consultation.id == Report.consultation_id)
        .where(Report.statement_id.in_(statement_ids), Report.email.is_not(None))
        .order_by(Report.id)
    )


def letters_to(email: str, since: datetime) -> Select[int]:
    """Select how many reports gave an address since an instant."""
    return select(func.count()).where(Report.email == email, Report.created_at > since)
