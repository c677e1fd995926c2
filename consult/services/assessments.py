"""Checking projects against the principles of their call; two people for a "no", never one's own.

Nothing here ranks anyone: a project respects the principles, or is told what to mend.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain import assessments as rules
from ..domain import clean, days, open_calls
from ..domain.errors import RuleBroken
from ..models import Account, Assessment, OpenCall, Principle, Project
from ..queries import projects as queries
from . import call_conditions, journal

CHECKED = frozenset({open_calls.OPEN, open_calls.CLOSED})


@dataclass(frozen=True)
class Said:
    """What a reader says of a project: of which version, after which reading, principle by one."""

    version: int
    seen: str
    verdicts: Sequence[rules.Verdict]


def standings(session: Session, call: OpenCall, *, now: datetime) -> dict[str, str]:
    """Return where each public project of a call stands, by its id: principles and conditions."""
    rows = session.execute(queries.standings(call.id)).all()
    places = {row.territory_code or call.territory_code or "" for row in rows}
    lacking = unmet(session, call, places, now=now)
    return {row.id: reached(call, row, lacking) for row in rows}


def reached(call: OpenCall, row: Any, lacking: Collection[str]) -> str:
    """Return where the project of a row stands, once the conditions of its territory are read."""
    place = row.territory_code or call.territory_code or ""
    return rules.with_conditions(row.standing, unmet=place in lacking)


def standing(session: Session, call: OpenCall, project: Project, *, now: datetime) -> str:
    """Return where one project stands; one that is not public counts as not read."""
    row = session.execute(queries.standings(call.id).where(Project.id == project.id)).one_or_none()
    if row is None:
        return rules.UNREAD
    code = project.territory_code or call.territory_code or ""
    lacking = unmet(session, call, {code}, now=now)
    return rules.with_conditions(row.standing, unmet=code in lacking)


def unmet(
    session: Session, call: OpenCall, codes: set[str], *, now: datetime
) -> dict[str, dict[str, list[call_conditions.Missing]]]:
    """Return, by territory, the conditions of a call that are not met there, and what lacks."""
    today = days.today(now, call.time_zone)
    return call_conditions.unmet(session, call.conditions, codes, today)


def seen(readings: Sequence[Assessment]) -> str:
    """Return the mark of what was read of a project, so that two readers do not cross."""
    instants = [one.second_at or one.assessed_at for one in readings]
    return max(instants).isoformat() if instants else ""


def read(
    session: Session, call: OpenCall, project: Project, said: Said, *, by: Account, now: datetime
) -> list[Assessment]:
    """Say whether a project respects some principles; return what is new to its carriers.

    Saying the same twice changes nothing. Raises project-own (403), project-not-sent, call-...,
    project-changed, reading-changed (409), principle-unknown and what `domain.assessments.read`
    raises.
    """
    verdicts = [rules.read(one) for one in said.verdicts]
    known = set(session.scalars(select(Principle.id).where(Principle.call_id == call.id)))
    if not {one.principle_id for one in verdicts} <= known:
        raise RuleBroken("principle-unknown")
    require(session, call, project, by=by, now=now)
    held = _held(session, project)
    new = [one for one in verdicts if _differs(held.get(one.principle_id), one, project.version)]
    if not new:
        return []
    _require_seen(project, held, said)
    written = [_write(session, project, held, one, by=by, now=now) for one in new]
    session.flush()
    facts = {one.principle_id: one.verdict for one in new}
    _record(session, "project.read", project, by, now, verdicts=facts)
    return [one for one in written if one.verdict == rules.TO_COMPLETE]


def second(
    session: Session,
    call: OpenCall,
    project: Project,
    said: Said,
    *,
    by: Account,
    now: datetime,
) -> Assessment:
    """Read a "no" a second time, as someone else: it counts once they agree.

    `said` holds one verdict. Raises second-reader-own and project-own (403), project-changed,
    reading-changed, second-reading-nothing (409) and what `require` raises.
    """
    (about,) = said.verdicts
    verdict, reason = rules.reread(about.verdict, about.reason)
    require(session, call, project, by=by, now=now)
    held = _held(session, project)
    found = held.get(about.principle_id)
    if found is None or found.verdict != rules.NO or found.second_verdict is not None:
        raise RuleBroken("second-reading-nothing", 409)
    if found.account_id == by.id:
        raise RuleBroken("second-reader-own", 403)
    if found.version != project.version:
        raise RuleBroken("project-changed", 409)
    _require_seen(project, held, said)
    found.second_verdict, found.second_reason = verdict, reason
    found.second_id, found.second_at = by.id, now
    session.flush()
    facts = {"principle": about.principle_id, "verdict": verdict}
    _record(session, "project.second-read", project, by, now, **facts)
    return found


def reply(
    session: Session,
    project: Project,
    principle_id: str,
    words: object,
    *,
    by: Account,
    now: datetime,
) -> None:
    """Answer, for those who carry a project, what was said of a principle.

    Raises reply-missing, and reply-nothing (409) where nothing is left to answer.
    """
    said = clean.text(words, rules.WORDS_LIMIT, required="reply-missing")
    found = _held(session, project).get(principle_id)
    if found is None or found.verdict == rules.YES:
        raise RuleBroken("reply-nothing", 409)
    if found.reply == said:
        return
    found.reply, found.replied_at = said, now
    session.flush()
    _record(session, "project.replied", project, by, now, principle=principle_id)


def require(
    session: Session, call: OpenCall, project: Project, *, by: Account, now: datetime
) -> None:
    """Refuse to let someone check a project: their own, one not sent, too late; lock it else.

    The call is held first, then the project, as `projects.hold` does.
    """
    session.refresh(call, with_for_update=True)
    open_calls.require(call, CHECKED, now)
    own = queries.conflicting(by.id, call.id).where(Project.id == project.id)
    if session.scalar(own) is not None:
        raise RuleBroken("project-own", 403)
    session.refresh(project, with_for_update=True)
    if project.state != "submitted" or project.moderation != "published":
        raise RuleBroken("project-not-sent", 409)


def _require_seen(project: Project, held: Mapping[str, Assessment], said: Said) -> None:
    """Refuse a reading of a project, or of what others said of it, as it stood before."""
    if project.version != said.version:
        raise RuleBroken("project-changed", 409)
    if seen(list(held.values())) != said.seen:
        raise RuleBroken("reading-changed", 409)


def _held(session: Session, project: Project) -> dict[str, Assessment]:
    rows = session.scalars(queries.readings([project.id]).execution_options(populate_existing=True))
    return {one.principle_id: one for one in rows}


def _differs(held: Assessment | None, said: rules.Verdict, version: int) -> bool:
    if held is None or held.version != version:
        return True
    return (held.verdict, held.reason, held.fix) != (said.verdict, said.reason, said.fix)


def _write(
    session: Session,
    project: Project,
    held: dict[str, Assessment],
    said: rules.Verdict,
    *,
    by: Account,
    now: datetime,
) -> Assessment:
    """Write a verdict over the one before it; what a second person said of that one is over."""
    found = held.get(said.principle_id)
    if found is None:
        found = Assessment(project_id=project.id, principle_id=said.principle_id)
        session.add(found)
    values: dict[str, Any] = {
        "verdict": said.verdict,
        "reason": said.reason,
        "fix": said.fix,
        "version": project.version,
        "account_id": by.id,
        "assessed_at": now,
        **dict.fromkeys(("second_verdict", "second_id", "second_at")),
        "second_reason": "",
    }
    for name, value in values.items():
        setattr(found, name, value)
    return found


def _record(
    session: Session, act: str, project: Project, by: Account, now: datetime, **facts: Any
) -> None:
    actor = f"account:{by.id}"
    journal.record(session, act, f"project:{project.id}", actor=actor, now=now, **facts)
