"""The projects of a call as its page lists them, and what was said of each principle."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from ..models import Assessment, Organisation, Project, ProjectCarrier

NUMBERED: tuple[ColumnElement[Any], ...] = (Project.number, Project.id)  # type: ignore[assignment]


def sent(call_id: str) -> Select[*tuple[Any, ...]]:
    """Select the projects that were sent and are not hidden, with the organisation that leads."""
    return (
        select(
            Project.id,
            Project.number,
            Project.title,
            Project.for_whom,
            Project.asked_cents,
            Project.group_name,
            Project.version,
            Project.submitted_at,
            Project.updated_at,
            Organisation.name.label("organisation"),
        )
        .outerjoin(
            ProjectCarrier,
            (ProjectCarrier.project_id == Project.id) & ProjectCarrier.leads,
        )
        .outerjoin(Organisation, Organisation.id == ProjectCarrier.organisation_id)
        .where(
            Project.call_id == call_id,
            Project.state == "submitted",
            Project.hidden_at.is_(None),
        )
    )


def latest(call_id: str, limit: int) -> Select[*tuple[Any, ...]]:
    """Select the projects sent last."""
    newest = (Project.submitted_at.desc(), Project.id.desc())
    return sent(call_id).where(Project.submitted_at.is_not(None)).order_by(*newest).limit(limit)


def readings(project_ids: Collection[str]) -> Select[*tuple[Any, ...]]:
    """Select what was said of each principle for some projects."""
    return (
        select(
            Assessment.project_id,
            Assessment.principle_id,
            Assessment.verdict,
            Assessment.second_verdict,
        )
        .where(Assessment.project_id.in_(project_ids))
        .order_by(Assessment.project_id, Assessment.principle_id)
    )
