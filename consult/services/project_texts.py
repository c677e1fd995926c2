"""The words, the amounts and the lines of a project, as they are written and read back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ..domain import projects as rules
from ..domain import searching
from ..domain.errors import RuleBroken
from ..models import Account, BudgetLine, Project, Territory
from ..queries import projects as queries
from . import project_carriers

TEXTS = ("for_whom", "what", "place", "help_wanted", "help_offered")
COLUMNS = (
    "title",
    *TEXTS,
    "group_name",
    "cost_cents",
    "priority",
    "theme",
    "contact_name",
    "contact_email",
    "contact_phone",
)


def say(session: Session, project: Project, facts: rules.Facts) -> None:
    """Write what a project says; territory-unknown for a place that is not one."""
    place = facts.territory_code
    if place and session.get(Territory, place) is None:
        raise RuleBroken("territory-unknown")
    values: Mapping[str, Any] = {name: getattr(facts, name) for name in COLUMNS}
    for name, value in values.items():
        setattr(project, name, value)
    project.asked_cents = facts.asked_cents or 0
    project.other_cents = facts.other_cents or 0
    project.territory_code = place or None
    project.search = words(project)


def words(project: Project) -> str:
    """Return the words by which a project is found."""
    said = (project.title, project.for_whom, project.what, project.place, project.group_name)
    return searching.normalise(" ".join(said))


def write(
    session: Session, project: Project, facts: rules.Facts, *, by: Account, now: datetime
) -> None:
    """Write who carries a project and the lines of its budget over those before."""
    project_carriers.set_on(session, project, facts, by=by, now=now)
    session.execute(delete(BudgetLine).where(BudgetLine.project_id == project.id))
    for position, line in enumerate(facts.lines, start=1):
        values = {"side": line.side, "label": line.label, "amount_cents": line.cents}
        session.add(BudgetLine(project_id=project.id, position=position, **values))
    session.flush()


def budget(session: Session, project: Project) -> list[rules.Line]:
    """Return the lines of a project's budget."""
    query = select(BudgetLine).where(BudgetLine.project_id == project.id)
    return [
        rules.Line(one.side, one.label, one.amount_cents)
        for one in session.scalars(query.order_by(BudgetLine.position))
    ]


def facts_of(session: Session, project: Project) -> rules.Facts:
    """Return what a project says, as a form would."""
    rows = session.execute(queries.carriers(project.id, None)).all()
    values: dict[str, Any] = {name: getattr(project, name) for name in COLUMNS}
    return rules.Facts(
        **values,
        territory_code=project.territory_code or "",
        asked_cents=project.asked_cents or None,
        other_cents=project.other_cents or None,
        lines=tuple(budget(session, project)),
        lead=next((row.id for row in rows if row.leads), ""),
        partners=tuple(row.name for row in rows if not row.leads),
    )
