"""Reports: those of one text or project for whoever decides, one's own for whoever sent it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, literal, or_, select

from ..models import (
    CallOfficer,
    Consultation,
    OpenCall,
    Project,
    Report,
    Statement,
    TerritoryModerator,
)
from . import paging, projects, rooms

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


def waiting() -> Select[str | None]:
    """Select the ids of the texts about which someone waits for an answer."""
    return select(Report.statement_id).where(Report.statement_id.is_not(None), IS_OPEN)


def open_of_project(project_id: str) -> Rows:
    """Select what waits for an answer about a project, the oldest first, never who sent it."""
    return (
        select(Report.version, Report.reason, Report.explanation, Report.created_at)
        .where(Report.project_id == project_id, IS_OPEN)
        .order_by(Report.created_at, Report.id)
        .limit(paging.MOST)
    )


def projects_waiting(account_id: str | None) -> Rows:
    """Select the projects about which someone waits, the first reported first.

    Those of the calls that an account runs and of the places that its rooms read; all for None.
    """
    number = func.count(func.distinct(func.coalesce(Report.participant_id, Report.id)))
    query = (
        select(
            Project.id,
            Project.title,
            OpenCall.title.label("call_title"),
            OpenCall.time_zone,
            number.label("people"),
            func.min(Report.created_at).label("since"),
        )
        .join(Project, Project.id == Report.project_id)
        .join(OpenCall, OpenCall.id == Project.call_id)
        .where(IS_OPEN, projects.is_public())
        .group_by(Project.id, Project.title, OpenCall.title, OpenCall.time_zone)
        .order_by(func.min(Report.created_at), Project.id)
        .limit(paging.MOST)
    )
    return query if account_id is None else query.where(_looks_after(account_id))


def projects_counted(account_id: str | None) -> Rows:
    """Select how many projects wait for someone, in the shape of what stands around the queue."""
    found = projects_waiting(account_id).subquery()
    return select(literal("projects"), literal(""), literal(""), func.count()).select_from(found)


def _looks_after(account_id: str) -> ColumnElement[bool]:
    runs = select(CallOfficer.call_id).where(CallOfficer.account_id == account_id)
    places = select(TerritoryModerator.territory_code).where(
        TerritoryModerator.room_id.in_(rooms.held_by(account_id))
    )
    place = func.coalesce(Project.territory_code, OpenCall.territory_code)
    return or_(Project.call_id.in_(runs), place.in_(places))


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


def with_address(statement_ids: Sequence[str]) -> Rows:
    """Select the reports of some texts whose senders gave an address, and their consultations."""
    return (
        select(Report, Consultation)
        .join(Consultation, Consultation.id == Report.consultation_id)
        .where(Report.statement_id.in_(statement_ids), Report.email.is_not(None))
        .order_by(Report.id)
    )


def with_address_of(project_id: str) -> Rows:
    """Select the reports of a project whose senders gave an address, and its call."""
    return (
        select(Report, OpenCall)
        .join(Project, Project.id == Report.project_id)
        .join(OpenCall, OpenCall.id == Project.call_id)
        .where(Project.id == project_id, Report.email.is_not(None))
        .order_by(Report.id)
    )


def letters_to(email: str, since: datetime) -> Select[int]:
    """Select how many reports gave an address since an instant."""
    return select(func.count()).where(Report.email == email, Report.created_at > since)
