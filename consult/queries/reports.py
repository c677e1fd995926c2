"""Reports: those of one text or project for whoever decides, one's own for whoever sent it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from ..models import Consultation, OpenCall, Project, Report, Statement
from . import paging, projects

Rows = Select[*tuple[Any, ...]]
IS_OPEN = Report.answered_at.is_(None)
ITEM_ID = func.coalesce(Report.statement_id, Report.project_id)


def about(item: Any) -> InstrumentedAttribute[str | None]:
    """Return the column by which a report leads to a text or to a project."""
    return Report.project_id if item is Project else Report.statement_id


def open_of(ids: Sequence[str]) -> Rows:
    """Select what waits for an answer about some texts, the oldest first, never who sent it."""
    return (
        select(
            Report.id,
            ITEM_ID.label("item_id"),
            Report.version,
            Report.reason,
            Report.explanation,
            Report.created_at,
        )
        .where(_is_about(ids), IS_OPEN)
        .order_by(Report.created_at, Report.id)
        .limit(paging.MOST)
    )


def people(item: Any = Statement) -> ColumnElement[int]:
    """Count the people who wait for an answer about a text; correlated to its table."""
    number = func.count(func.distinct(func.coalesce(Report.participant_id, Report.id)))
    waiting = select(number).where(about(item) == item.id, IS_OPEN)
    return waiting.correlate(item).scalar_subquery()


def first(item: Any = Statement) -> ColumnElement[datetime]:
    """Give the instant since when someone waits; correlated to the table of the text."""
    query = select(func.min(Report.created_at)).where(about(item) == item.id, IS_OPEN)
    return query.correlate(item).scalar_subquery()


def waiting(item: Any = Statement) -> Select[str | None]:
    """Select the ids of the texts about which someone waits for an answer."""
    return select(about(item)).where(about(item).is_not(None), IS_OPEN)


def _is_about(ids: Sequence[str]) -> ColumnElement[bool]:
    return or_(Report.statement_id.in_(ids), Report.project_id.in_(ids))


def one_of(report_id: str, participant_id: str | None, followed: Sequence[str]) -> Rows:
    """Select one of the reader's own reports: by their browser, or by a number they gave.

    With the kind and the state of the text or of the project, never its words.
    """
    by_browser = Report.participant_id == participant_id if participant_id else false()
    by_number = Report.id.in_(followed) if followed else false()
    return (
        select(
            Report,
            func.coalesce(Statement.kind, "project").label("kind"),
            or_(Statement.state == "published", projects.is_public()).label("is_public"),
            func.coalesce(Consultation.title, OpenCall.title).label("title"),
            func.coalesce(Consultation.slug, OpenCall.slug).label("slug"),
            func.coalesce(Consultation.time_zone, OpenCall.time_zone).label("time_zone"),
        )
        .outerjoin(Statement, Statement.id == Report.statement_id)
        .outerjoin(Consultation, Consultation.id == Report.consultation_id)
        .outerjoin(Project, Project.id == Report.project_id)
        .outerjoin(OpenCall, OpenCall.id == Project.call_id)
        .where(Report.id == report_id, or_(by_browser, by_number))
    )


def earlier(about: Mapping[str, object], participant_id: str) -> Select[Report]:
    """Select what a person already said of one version of a text or of a project."""
    return select(Report).filter_by(**about, participant_id=participant_id)


def with_address(ids: Sequence[str]) -> Rows:
    """Select the reports of some texts whose senders gave an address, and where each text is."""
    return (
        select(Report, Consultation, OpenCall)
        .outerjoin(Consultation, Consultation.id == Report.consultation_id)
        .outerjoin(Project, Project.id == Report.project_id)
        .outerjoin(OpenCall, OpenCall.id == Project.call_id)
        .where(_is_about(ids), Report.email.is_not(None))
        .order_by(Report.id)
    )


def letters_to(email: str, since: datetime) -> Select[int]:
    """Select how many reports gave an address since an instant."""
    return select(func.count()).where(Report.email == email, Report.created_at > since)
