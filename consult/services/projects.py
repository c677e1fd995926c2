"""Projects of an open call: drafted, sent, corrected until the close, withdrawn, taken up again."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..domain import assessments as readings
from ..domain import clean, open_calls
from ..domain import projects as rules
from ..domain import reports as alerts
from ..domain import second_readings as contested
from ..domain.errors import RuleBroken
from ..models import Account, OpenCall, Project, new_id
from ..queries import projects as queries
from . import assessments, journal, project_carriers, project_texts, reports, second_readings

OPEN = frozenset({open_calls.OPEN})
COMPLETED = frozenset({"for-whom-missing", "what-missing"})
REASON_LIMIT = 1_000
KEY_LIMIT = 80


@dataclass(frozen=True)
class Change:
    """What a form says of a project, and the version that it was shown."""

    facts: rules.Facts
    version: object


def draft(
    session: Session, call: OpenCall, facts: rules.Facts, *, form: str, by: Account, now: datetime
) -> Project:
    """Begin a project; the same form sent twice, or twice at once, begins one.

    Raises call-... (409), project-title-missing, form-unknown, and what carriers raise.
    """
    origin = _origin(form, by)
    if not facts.title:
        raise RuleBroken("project-title-missing")
    session.refresh(call, with_for_update=True)
    made = select(Project).where(Project.call_id == call.id, Project.origin == origin)
    if (found := session.scalar(made)) is not None:
        return found
    open_calls.require(call, OPEN, now)
    project = Project(
        id=new_id(),
        call_id=call.id,
        origin=origin,
        account_id=by.id,
        version=1,
        created_at=now,
        updated_at=now,
    )
    project_texts.say(session, project, facts)
    session.add(project)
    session.flush()
    project_texts.write(session, project, facts, by=by, now=now)
    _record(session, "project.drafted", project, by, now, call=call.id)
    return project


def correct(
    session: Session,
    call: OpenCall,
    project: Project,
    change: Change,
    *,
    by: Account,
    now: datetime,
) -> None:
    """Change a project until the close; one that was sent stays complete.

    Saying the same again changes nothing. Raises project-carriers-only (403), call-..., stale and
    project-withdrawn (409), what `send` raises for one that was sent, and what carriers raise.
    """
    hold(session, call, project)
    project_carriers.require(session, project, by)
    open_calls.require(call, OPEN, now)
    if project.state == "withdrawn":
        raise RuleBroken("project-withdrawn", 409)
    facts = change.facts
    if change.version != str(project.version):
        if project_texts.facts_of(session, project) == facts:
            return
        raise RuleBroken("stale", 409)
    if not facts.title:
        raise RuleBroken("project-title-missing")
    project_texts.say(session, project, facts)
    project.version += 1
    project.updated_at = now
    project_texts.write(session, project, facts, by=by, now=now)
    if project.state == "submitted":
        _check(session, call, project)
        project_carriers.settle(session, call, project)
    _read_again(session, project, now)
    _record(session, "project.corrected", project, by, now, version=project.version)


def complete(
    session: Session,
    call: OpenCall,
    project: Project,
    change: Change,
    *,
    by: Account,
    now: datetime,
) -> None:
    """Say what was missing, after the close: the texts alone, never the amount.

    After a split, it counts in the next one. What the form does not ask is not checked again.
    Raises project-carriers-only (403), call-..., project-whole, project-waits and stale (409),
    for-whom-missing, what-missing.
    """
    hold(session, call, project)
    project_carriers.require(session, project, by)
    may_complete(session, call, project, now=now)
    if change.version != str(project.version):
        raise RuleBroken("stale", 409)
    for name in project_texts.TEXTS:
        setattr(project, name, getattr(change.facts, name))
    project.search = project_texts.words(project)
    project.version += 1
    project.updated_at = now
    session.flush()
    for one in lacks(session, call, project):
        if one.code in COMPLETED:
            raise one
    _read_again(session, project, now)
    _record(session, "project.completed", project, by, now, version=project.version)


def may_complete(session: Session, call: OpenCall, project: Project, *, now: datetime) -> None:
    """Refuse what comes after the close for a project that lacks nothing, or waits to be read.

    The words of one that was hidden, or sent back, may be corrected.
    """
    open_calls.require(call, frozenset({open_calls.CLOSED}), now)
    if project.state == "submitted" and project.moderation in contested.CONTESTED:
        return
    standing = assessments.standing(session, call, project, now=now)
    if standing == readings.UNREAD:
        raise RuleBroken("project-waits", 409)
    if standing != readings.TO_COMPLETE:
        raise RuleBroken("project-whole", 409)


def lacks(session: Session, call: OpenCall, project: Project) -> list[RuleBroken]:
    """Return what keeps a project from being sent."""
    return rules.lacks(project, project_texts.budget(session, project), call)


def send(session: Session, call: OpenCall, project: Project, *, by: Account, now: datetime) -> bool:
    """Send a project, which gives it its number; tell whether it was not sent yet.

    Raises project-carriers-only (403), project-withdrawn, call-... and carrier-once (409),
    carrier-cap, and the first of what it lacks.
    """
    hold(session, call, project)
    project_carriers.require(session, project, by)
    if project.state == "submitted":
        return False
    open_calls.require(call, OPEN, now)
    if project.state == "withdrawn":
        raise RuleBroken("project-withdrawn", 409)
    lead = project_carriers.lead_of(session, project)
    if lead is None or not project_carriers.acts(session, lead.organisation_id, by.id):
        raise RuleBroken("mandate-needed", 403)
    _check(session, call, project)
    project_carriers.settle(session, call, project)
    if project.number is None:
        last = select(func.max(Project.number)).where(Project.call_id == call.id)
        project.number = (session.scalar(last) or 0) + 1
    project.state, project.submitted_at = "submitted", now
    recount(session, call)
    _record(session, "project.sent", project, by, now, number=project.number)
    return True


def withdraw(
    session: Session,
    call: OpenCall,
    project: Project,
    reason: object,
    *,
    by: Account,
    now: datetime,
) -> None:
    """Withdraw a project; after the close, one says why. Doing it twice changes nothing.

    Raises project-carriers-only (403) and withdrawal-reason-missing.
    """
    closed = open_calls.phase(call, now) == open_calls.CLOSED
    needed = "withdrawal-reason-missing" if closed else ""
    hold(session, call, project)
    if project.state == "withdrawn":
        return
    project_carriers.require(session, project, by)
    project.withdrawn_reason = clean.text(reason, REASON_LIMIT, required=needed)
    project.state, project.withdrawn_at = "withdrawn", now
    project_carriers.give_back(session, project)
    recount(session, call)
    _record(session, "project.withdrawn", project, by, now)
    second_readings.end(session, project.id, now=now)
    gone = reports.Answer(alerts.WITHDRAWN)
    reports.answer(session, project, gone, actor=f"account:{by.id}", now=now)


def reopen(
    session: Session, call: OpenCall, project: Project, *, by: Account, now: datetime
) -> None:
    """Take a withdrawn project up again, until the close: it is a draft that keeps its number.

    Raises project-carriers-only (403) and call-... (409).
    """
    hold(session, call, project)
    if project.state != "withdrawn":
        return
    project_carriers.require(session, project, by)
    open_calls.require(call, OPEN, now)
    project.state, project.withdrawn_at, project.withdrawn_reason = "draft", None, ""
    project.updated_at = now
    _record(session, "project.reopened", project, by, now)


def hold(session: Session, call: OpenCall, project: Project) -> None:
    """Let one person at a time change what stands in a call: its row first, then the project's."""
    session.refresh(call, with_for_update=True)
    session.refresh(project, with_for_update=True)


def recount(session: Session, call: OpenCall) -> None:
    """Write how many public projects a call has; its row is held."""
    session.flush()
    public = select(func.count()).where(Project.call_id == call.id, queries.is_public())
    call.projects = session.scalar(public) or 0
    session.flush()


def _check(session: Session, call: OpenCall, project: Project) -> None:
    session.flush()
    if found := lacks(session, call, project):
        raise found[0]


def _read_again(session: Session, project: Project, now: datetime) -> None:
    """Send back to the queue a project that was hidden, or sent back to be corrected."""
    if project.moderation != "published":
        project.moderation = "pending"
        second_readings.end(session, project.id, now=now)


def _origin(form: str, by: Account) -> str:
    if not (isinstance(form, str) and form.isascii() and 8 <= len(form) <= KEY_LIMIT):
        raise RuleBroken("form-unknown")
    return "form:" + hashlib.sha256(f"{by.id}:{form}".encode()).hexdigest()


def _record(
    session: Session, act: str, project: Project, by: Account, now: datetime, **facts: Any
) -> None:
    session.flush()
    actor = f"account:{by.id}"
    journal.record(session, act, f"project:{project.id}", actor=actor, now=now, **facts)
