"""Reports of public texts and projects: taken once from each person, then answered."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..domain import reports as rules
from ..domain import tracking
from ..domain.errors import RuleBroken
from ..models import Decision, Project, Report, Statement, new_id
from ..queries import reports as queries
from . import inserting, journal

_CHANCE = SystemRandom()
LETTERS_A_DAY = 10


@dataclass(frozen=True)
class Answer:
    """What became of a reported text, why, and by which decision if there was one."""

    outcome: str
    reason: str = ""
    decision_id: str | None = None


def send(
    session: Session,
    statement: Statement,
    notice: rules.Notice,
    *,
    participant_id: str,
    now: datetime,
) -> tuple[Report, bool]:
    """Keep what a person says of a public text; return it, and whether it is new.

    The same person and the same version of a text are counted once. Raises report-closed (409)
    when the text is no longer public.
    """
    # Whoever is hiding the text at this moment waits, and answers this report too.
    session.refresh(statement, with_for_update={"read": True})
    if statement.state != "published":
        raise RuleBroken("report-closed", 409)
    about = {
        "statement_id": statement.id,
        "version": statement.version,
        "consultation_id": statement.consultation_id,
    }
    return _keep(session, about, notice, participant_id=participant_id, now=now)


def send_of_project(
    session: Session,
    project: Project,
    notice: rules.Notice,
    *,
    participant_id: str,
    now: datetime,
) -> tuple[Report, bool]:
    """Keep what a person says of a public project; return it, and whether it is new.

    Raises report-closed (409) when the project is no longer public.
    """
    session.refresh(project, with_for_update={"read": True})
    if project.state != "submitted" or project.moderation != "published":
        raise RuleBroken("report-closed", 409)
    about = {"project_id": project.id, "version": project.version}
    return _keep(session, about, notice, participant_id=participant_id, now=now)


def _keep(
    session: Session,
    about: dict[str, Any],
    notice: rules.Notice,
    *,
    participant_id: str,
    now: datetime,
) -> tuple[Report, bool]:
    said = about | {"participant_id": participant_id}
    values = _row(notice) | said | {"created_at": now}
    is_new = inserting.once(session, Report, values)
    if is_new:
        project = about.get("project_id")
        journal.record(
            session,
            "report.received",
            f"project:{project}" if project else f"statement:{about['statement_id']}",
            actor=f"participant:{participant_id}",
            now=now,
            consultation_id=about.get("consultation_id"),
            report=values["id"],
            reason=notice.reason,
        )
    return session.scalars(queries.earlier(about, participant_id)).one(), is_new


def _row(notice: rules.Notice) -> dict[str, Any]:
    """Return what a report keeps of what is said, with a new number."""
    return {
        "id": new_id(),
        "number": tracking.new_number(rules.PREFIX, _CHANCE),
        "reason": notice.reason,
        "explanation": notice.explanation,
        "name": notice.name,
        "email": notice.email or None,
        "good_faith": notice.good_faith,
        "outcome_reason": "",
    }


def may_be_told(session: Session, report: Report, *, now: datetime) -> bool:
    """Tell whether its sender is told that a report arrived: an address is never flooded."""
    if report.email is None:
        return False
    sent = session.scalar(queries.letters_to(report.email, now - timedelta(days=1)))
    return (sent or 0) <= LETTERS_A_DAY


def by_number(session: Session, raw: object) -> Report:
    """Return the report of a typed number, or raise tracking-number-unknown (404)."""
    number = tracking.normalise(raw)
    found = session.scalar(select(Report).where(Report.number == number))
    if found is None:
        raise RuleBroken("tracking-number-unknown", 404)
    return found


def answer(
    session: Session, about: Statement | Project, answer: Answer, *, actor: str, now: datetime
) -> int:
    """Answer all the reports of a text or of a project that wait; return how many there were."""
    if isinstance(about, Project):
        named, consultation_id, column = f"project:{about.id}", None, Report.project_id
    else:
        named, consultation_id = f"statement:{about.id}", about.consultation_id
        column = Report.statement_id
    done: Any = session.execute(
        update(Report)
        .where(column == about.id, Report.answered_at.is_(None))
        .values(
            outcome=answer.outcome,
            outcome_reason=answer.reason,
            decision_id=answer.decision_id,
            answered_at=now,
        )
        .execution_options(synchronize_session=False)
    )
    answered = int(done.rowcount)
    if answered:
        journal.record(
            session,
            "report.answered",
            named,
            actor=actor,
            now=now,
            consultation_id=consultation_id,
            outcome=answer.outcome,
            reports=answered,
            **({"reason": answer.reason} if answer.reason else {}),
        )
    return answered


def decided(session: Session, about: Statement | Project, decision: Decision) -> None:
    """Answer the reports of a text by what was just decided about it.

    Raises report-answered (409) when a text is said to stay and no report of it waits.
    """
    outcome = rules.KEPT if decision.to_state == "published" else decision.to_state
    answered = answer(
        session,
        about,
        Answer(outcome, decision.reason, decision.id),
        actor=f"account:{decision.account_id}",
        now=decision.decided_at,
    )
    if not answered and decision.from_state == decision.to_state:
        raise RuleBroken("report-answered", 409, texts=[about.id])


def reopen(session: Session, decision_id: str) -> None:
    """Let the reports that a decision answered wait again: it was undone."""
    session.execute(
        update(Report)
        .where(Report.decision_id == decision_id)
        .values(outcome=None, outcome_reason="", answered_at=None, decision_id=None)
        .execution_options(synchronize_session=False)
    )


def overturned(session: Session, decision_id: str) -> None:
    """Change the answer of the reports that a decision answered: someone else changed it."""
    session.execute(
        update(Report)
        .where(Report.decision_id == decision_id, Report.answered_at.is_not(None))
        .values(outcome=rules.KEPT, outcome_reason="")
        .execution_options(synchronize_session=False)
    )
