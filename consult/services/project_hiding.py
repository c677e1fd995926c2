"""Hiding a project whose text breaks the rules, with the reason told; showing it, leaving it."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ..domain import clean, moderation
from ..domain import reports as rules
from ..domain.errors import RuleBroken
from ..models import Account, OpenCall, Project
from ..queries import projects as queries
from . import journal, projects, reports, splits

REASONS = {
    code: label for code, label in moderation.REASONS.items() if code not in moderation.KEPT_VISIBLE
}


def hide(
    session: Session,
    call: OpenCall,
    project: Project,
    said: tuple[object, object],
    *,
    by: Account,
    now: datetime,
) -> bool:
    """Hide a project; `said` is the reason and a note. Tell whether it was not hidden yet.

    Raises reason-missing, hiding-note-missing, project-not-sent (409) and what `_require` raises.
    """
    reason, typed = said
    if not isinstance(reason, str) or reason not in REASONS:
        raise RuleBroken("reason-missing")
    note = clean.text(typed, moderation.NOTE_LIMIT, required="hiding-note-missing")
    projects.hold(session, call, project)
    _require(session, call, project, by)
    if project.hidden_at is not None:
        return False
    if project.state != "submitted":
        raise RuleBroken("project-not-sent", 409)
    project.hidden_at, project.hidden_reason = now, f"{reason}\n{note}"
    projects.recount(session, call)
    _record(session, "project.hidden", project, by, now, reason=reason)
    _answer(session, project, reports.Answer(rules.HIDDEN, reason), by, now)
    return True


def show(session: Session, call: OpenCall, project: Project, *, by: Account, now: datetime) -> bool:
    """Show a hidden project again; tell whether it was hidden. Raises what `_require` raises."""
    projects.hold(session, call, project)
    _require(session, call, project, by)
    if project.hidden_at is None:
        return False
    project.hidden_at, project.hidden_reason = None, ""
    projects.recount(session, call)
    _record(session, "project.shown", project, by, now)
    reports.reopen_hidden(session, project)
    return True


def keep(
    session: Session,
    call: OpenCall,
    project: Project,
    reason: object,
    *,
    by: Account,
    now: datetime,
) -> None:
    """Leave a project public that was reported: those who reported it are told why.

    Raises reason-missing, report-answered (409) when no report waits, and what `_require` raises.
    """
    if not isinstance(reason, str) or reason not in moderation.KEPT_REASONS:
        raise RuleBroken("reason-missing")
    projects.hold(session, call, project)
    _require(session, call, project, by)
    if not _answer(session, project, reports.Answer(rules.KEPT, reason), by, now):
        raise RuleBroken("report-answered", 409)


def has_part(session: Session, call: OpenCall, project: Project, account: Account) -> bool:
    """Tell whether someone wrote or carries a project, or carries another one of its call."""
    return _is_own(session, call, project, account) or splits.has_conflict(session, call, account)


def _is_own(session: Session, call: OpenCall, project: Project, account: Account) -> bool:
    own = queries.conflicting(account.id, call.id).where(Project.id == project.id)
    return session.scalar(own) is not None


def _require(session: Session, call: OpenCall, project: Project, by: Account) -> None:
    """Refuse whoever has a part: the envelope of a hidden project goes to the others.

    Raises project-own and split-own-project (403).
    """
    if _is_own(session, call, project, by):
        raise RuleBroken("project-own", 403)
    if splits.has_conflict(session, call, by):
        raise RuleBroken("split-own-project", 403)


def reasons(project: Project) -> tuple[str, str]:
    """Return why a project is hidden: the code of the reason, and the note."""
    code, _line, note = project.hidden_reason.partition("\n")
    return code, note


def _answer(
    session: Session, project: Project, answer: reports.Answer, by: Account, now: datetime
) -> int:
    return reports.answer(session, project, answer, actor=f"account:{by.id}", now=now)


def _record(
    session: Session, act: str, project: Project, by: Account, now: datetime, **facts: Any
) -> None:
    actor = f"account:{by.id}"
    journal.record(session, act, f"project:{project.id}", actor=actor, now=now, **facts)
