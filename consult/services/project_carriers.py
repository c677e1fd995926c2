"""Who carries a project, who may write it, and how often one organisation may lead in a call."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ..domain import projects as rules
from ..domain.errors import RuleBroken
from ..models import Account, Mandate, OpenCall, Organisation, Project, ProjectCarrier
from . import journal, mandates, organisations


def lead_of(session: Session, project: Project) -> ProjectCarrier | None:
    """Return who leads a project and answers for the money."""
    query = select(ProjectCarrier).where(
        ProjectCarrier.project_id == project.id, ProjectCarrier.leads
    )
    return session.scalar(query.execution_options(populate_existing=True))


def acts(session: Session, organisation_id: str, account_id: str) -> bool:
    """Tell whether an account acts for an organisation now."""
    held = select(Mandate.id).where(
        Mandate.organisation_id == organisation_id,
        Mandate.account_id == account_id,
        Mandate.ended_at.is_(None),
    )
    return session.scalar(held) is not None


def writes(session: Session, project: Project, by: Account) -> bool:
    """Tell whether someone may change a project: they act for its lead, or it is their draft."""
    if project.state == "draft" and project.account_id == by.id:
        return True
    lead = lead_of(session, project)
    return lead is not None and acts(session, lead.organisation_id, by.id)


def require(session: Session, project: Project, by: Account) -> None:
    """Refuse to let anyone else change a project: project-carriers-only (403)."""
    if not writes(session, project, by):
        raise RuleBroken("project-carriers-only", 403)


def set_on(
    session: Session, project: Project, facts: rules.Facts, *, by: Account, now: datetime
) -> None:
    """Write who carries a project: one that the writer acts for leads, others come along.

    Raises carrier-missing, mandate-needed (403), organisation-held (409), organisation-alike.
    """
    lead = _lead(session, facts, by=by, now=now)
    others = [organisations.chosen(session, name, now=now) for name in facts.partners]
    ids = dict.fromkeys(one.id for one in others if one.id != lead.id)
    session.execute(delete(ProjectCarrier).where(ProjectCarrier.project_id == project.id))
    session.add(ProjectCarrier(project_id=project.id, organisation_id=lead.id, leads=True))
    for one in ids:
        session.add(ProjectCarrier(project_id=project.id, organisation_id=one, leads=False))
    session.flush()


def _lead(session: Session, facts: rules.Facts, *, by: Account, now: datetime) -> Organisation:
    if facts.lead:
        found = session.get(Organisation, facts.lead)
        if found is None:
            raise RuleBroken("carrier-missing")
        mandates.held_by(session, found, by)
        return found
    name, function = facts.declared
    if not name:
        raise RuleBroken("carrier-missing")
    known = session.scalar(
        select(Organisation).where(Organisation.name_key == organisations.name_key(name))
    )
    if known is not None and acts(session, known.id, by.id):
        return known
    return mandates.declare(session, by, name=name, function=function, now=now)


def settle(session: Session, call: OpenCall, project: Project) -> None:
    """Take the place of a project's lead in a call whose row is held.

    Raises carrier-missing, carrier-once (409) where it leads another one already, and carrier-cap
    where its projects would ask for more than the call gives to one carrier.
    """
    lead = lead_of(session, project)
    if lead is None:
        raise RuleBroken("carrier-missing")
    others = _led(session, call, project, lead.organisation_id)
    if call.one_per_carrier and others:
        raise RuleBroken("carrier-once", 409)
    left = (call.carrier_cap_cents or 0) - sum(others)
    if call.carrier_cap_cents is not None and project.asked_cents > left:
        raise RuleBroken("carrier-cap", cents=max(left, 0))
    if call.one_per_carrier:
        _take(session, call, lead)


def _led(session: Session, call: OpenCall, project: Project, organisation_id: str) -> Sequence[int]:
    """Return what each other project asks that an organisation leads in a call and sent."""
    query = (
        select(Project.asked_cents)
        .join(ProjectCarrier, ProjectCarrier.project_id == Project.id)
        .where(
            Project.call_id == call.id,
            Project.id != project.id,
            Project.state == "submitted",
            ProjectCarrier.leads,
            ProjectCarrier.organisation_id == organisation_id,
        )
        .order_by(Project.number)
    )
    return session.scalars(query).all()


def _take(session: Session, call: OpenCall, lead: ProjectCarrier) -> None:
    try:
        with session.begin_nested():
            lead.once_call_id = call.id
            session.flush()
    except IntegrityError as error:
        raise RuleBroken("carrier-once", 409) from error


def give_back(session: Session, project: Project) -> None:
    """Let the lead of a project send another one in its place."""
    session.execute(
        update(ProjectCarrier)
        .where(ProjectCarrier.project_id == project.id)
        .values(once_call_id=None)
        .execution_options(synchronize_session=False)
    )


def leave(
    session: Session, project: Project, organisation: Organisation, *, by: Account, now: datetime
) -> None:
    """Take an organisation off a project that another one leads, for those who act for it.

    Raises mandate-needed (403) and carrier-leads (409); one that is not there changes nothing.
    """
    mandates.held_by(session, organisation, by)
    found = session.get(ProjectCarrier, (project.id, organisation.id), populate_existing=True)
    if found is None:
        return
    if found.leads:
        raise RuleBroken("carrier-leads", 409)
    session.delete(found)
    session.flush()
    actor, facts = f"account:{by.id}", {"organisation": organisation.id}
    journal.record(session, "project.left", f"project:{project.id}", actor=actor, now=now, **facts)
