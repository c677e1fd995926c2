"""What the projects of a call did: their reports, figures by place and theme, reports awaited."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Select,
    and_,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    text,
    union_all,
)
from sqlalchemy.orm import aliased

from ..domain import reporting
from ..models import (
    Account,
    Award,
    AwardInKind,
    Instalment,
    Mail,
    OpenCall,
    Payment,
    Project,
    ProjectReport,
    SplitDecision,
    Territory,
)
from . import paging

Rows = Select[*tuple[Any, ...]]
AT_ONCE = 50
MARK = "report-due"


def published(call_id: str, cursor: str | None = None) -> Rows:
    """Select a page of the published reports of a call, the newest first."""
    query: Rows = (
        select(
            ProjectReport,
            Project.title,
            Territory.name.label("place"),
            _received().label("received_cents"),
        )
        .join(Project, Project.id == ProjectReport.project_id)
        .outerjoin(Territory, Territory.code == Project.territory_code)
        .where(Project.call_id == call_id, *_public())
    )
    columns: tuple[ColumnElement[Any], ...] = (
        ProjectReport.published_at,  # type: ignore[assignment]
        ProjectReport.project_id,
    )
    return paging.after(query, columns, descending=True, cursor_text=cursor)


def by_territory(call_id: str) -> Rows:
    """Select for each territory how many projects receive, how much, and what they told."""
    named = _figures(call_id).add_columns(Territory.name.label("place"))
    return (
        named.outerjoin(Territory, Territory.code == Project.territory_code)
        .group_by(Territory.code, Territory.name)
        .order_by(Territory.name.is_(None), Territory.name, Territory.code)
    )


def by_theme(call_id: str) -> Rows:
    """Select the same for each theme of the call, by its number; none for those that say none."""
    numbered = _figures(call_id).add_columns(Project.theme)
    return numbered.group_by(Project.theme).order_by(Project.theme.is_(None), Project.theme)


def in_kind(call_id: str) -> Rows:
    """Select the help in kind that the projects of a call got, by project."""
    return (
        select(AwardInKind, Project.title, Project.number)
        .join(Project, Project.id == AwardInKind.project_id)
        .where(Project.call_id == call_id, Project.moderation == "published")
        .order_by(Project.number, AwardInKind.created_at, AwardInKind.id)
        .limit(paging.MOST)
    )


def since(project_ids: Sequence[str]) -> Rows:
    """Select what some projects got since the split: a row for what was paid, one a help in kind.

    `cents` and `day` are what was paid in all and the last day of it; `what` and `quantity` say a
    help in kind.
    """
    paid = (
        select(
            Payment.project_id,
            cast(func.sum(Payment.amount_cents), BigInteger).label("cents"),
            func.max(Payment.paid_on).label("day"),
            literal("").label("what"),
            literal(0).label("quantity"),
        )
        .where(Payment.project_id.in_(project_ids), Payment.state == "paid")
        .group_by(Payment.project_id)
    )
    lent = select(
        AwardInKind.project_id,
        cast(0, BigInteger),
        cast(null(), Date),
        AwardInKind.what,
        AwardInKind.quantity,
    ).where(AwardInKind.project_id.in_(project_ids))
    return union_all(paid, lent).subquery().select().order_by(text("project_id, what"))


def takers(call_id: str) -> Rows:
    """Select the projects of a call that may get help in kind."""
    query = select(Project.id, Project.number, Project.title)
    query = query.where(Project.call_id == call_id, Project.state == "submitted")
    return query.order_by(Project.number, Project.id)


def shown(project_id: str) -> Select[ProjectReport]:
    """Select the report of a project, if anyone may read it."""
    query = select(ProjectReport).join(Project, Project.id == ProjectReport.project_id)
    query = query.join(OpenCall, OpenCall.id == Project.call_id)
    return query.where(Project.id == project_id, OpenCall.published_at.is_not(None), *_public())


def due_day() -> Any:
    """Return the day of the first payment of a project's call that waits for its report."""
    return (
        select(func.min(Instalment.due_on))
        .where(Instalment.call_id == Project.call_id, Instalment.after_report.is_(True))
        .correlate(Project)
        .scalar_subquery()
    )


def awaited(step: str, today: date, more: int = 0) -> Rows:
    """Select whose report is due at a step of the reminders, and was not reminded of it yet."""
    first, last = reporting.window(step, today)
    key = literal(f"{MARK}:") + Project.id + literal(f":{step}")
    asked = due_day()
    began = _instant(first - reporting.YEAR)
    ended = _instant(last - reporting.YEAR + timedelta(days=1))
    by_split = and_(
        asked.is_(None), SplitDecision.published_at >= began, SplitDecision.published_at < ended
    )
    return (
        select(
            Project.id,
            Project.title,
            Project.contact_email,
            Account.email,
            OpenCall.title.label("call"),
            OpenCall.time_zone,
            asked.label("asked"),
            SplitDecision.published_at,
        )
        .join(OpenCall, OpenCall.id == Project.call_id)
        .join(SplitDecision, SplitDecision.id == _last())
        .outerjoin(Account, Account.id == Project.account_id)
        .where(
            Project.state == "submitted",
            Project.moderation == "published",
            or_(asked.between(first, last), by_split),
            _received() > 0,
            or_(Project.contact_email != "", Account.email.is_not(None)),
            ~exists().where(
                ProjectReport.project_id == Project.id, ProjectReport.published_at.is_not(None)
            ),
            ~exists().where(Mail.dedup_key == key),
        )
        .order_by(Project.id)
        .limit(AT_ONCE + more)
    )


def _public() -> tuple[ColumnElement[bool], ...]:
    return ProjectReport.published_at.is_not(None), Project.moderation == "published"


def _figures(call_id: str) -> Rows:
    told = and_(ProjectReport.project_id == Project.id, ProjectReport.published_at.is_not(None))
    return (
        select(
            func.count().label("projects"),
            func.sum(_received()).label("received_cents"),
            func.count(ProjectReport.project_id).label("reports"),
            func.coalesce(func.sum(ProjectReport.spent_cents), 0).label("spent_cents"),
            func.coalesce(func.sum(ProjectReport.people), 0).label("people"),
        )
        .select_from(Project)
        .outerjoin(ProjectReport, told)
        .where(Project.call_id == call_id, Project.moderation == "published", _received() > 0)
    )


def _last() -> Any:
    """Return the decision in force of a project's call."""
    later = aliased(SplitDecision)
    return (
        select(later.id)
        .where(later.call_id == Project.call_id)
        .order_by(later.number.desc())
        .limit(1)
        .correlate(Project)
        .scalar_subquery()
    )


def _received() -> Any:
    """Return what a project receives by the decision in force."""
    return (
        select(func.coalesce(func.sum(Award.cents), 0))
        .where(Award.project_id == Project.id, Award.decision_id == _last())
        .correlate(Project)
        .scalar_subquery()
    )


def _instant(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
