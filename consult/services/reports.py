"""Reports of public texts: taken once from each person, then answered by whoever decides."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..domain import reports as rules
from ..domain import tracking
from ..domain.errors import RuleBroken
from ..models import Decision, Report, Statement, new_id
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
    values = _row(statement, notice) | {"participant_id": participant_id, "created_at": now}
    is_new = inserting.once(session, Report, values)
    if is_new:
        journal.record(
            session,
            "report.received",
            f"statement:{statement.id}",
            actor=f"participant:{participant_id}",
            now=now,
            consultation_id=statement.consultation_id,
            report=values["id"],
            reason=notice.reason,
        )
    query = queries.earlier(statement.id, statement.version, participant_id)
    return session.scalars(query).one(), is_new


def _row(statement: Statement, notice: rules.Notice) -> dict[str, Any]:
    """Return what a report keeps of a text and of what is said about it, with a new number."""
    return {
        "id": new_id(),
        "number": tracking.new_number(rules.PREFIX, _CHANCE),
        "statement_id": statement.id,
        "version": statement.version,
        "consultation_id": statement.consultation_id,
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
    session: Session, statement: Statement, answer: Answer, *, actor: str, now: datetime
) -> int:
    """Answer all the reports of a text that wait; return how many there were."""
    done: Any = session.execute(
        update(Report)
        .where(Report.statement_id == statement.id, Report.answered_at.is_(None))
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
            f"statement:{statement.id}",
            actor=actor,
            now=now,
            consultation_id=statement.consultation_id,
            outcome=answer.outcome,
            reports=answered,
            **({"reason": answer.reason} if answer.reason else {}),
        )
    return answered


def decided(session: Session, statement: Statement, decision: Decision) -> None:
    """Answer the reports of a text by what was just decided about it.

    Raises report-answered (409) when a text is said to stay and no report of it waits.
    """
    outcome = rules.KEPT if decision.to_state == "published" else decision.to_state
    answered = answer(
        session,
        statement,
        Answer(outcome, decision.reason, decision.id),
        actor=f"account:{decision.account_id}",
        now=decision.decided_at,
    )
    if not answered and decision.from_state == decision.to_state:
        raise RuleBroken("report-answered", 409, texts=[statement.id])


def reopen(session: Session, decision_id: str) -> None:
    """Let the reports that a decision answered wait again: it was undone."""
    session.execute(
        update(Report)
        .where(Report.decision_id == decision_id)
        .values(outcome=None, outcome_reason="", answered_at=None, decision_id=None)
        .execution_options(synchronize_session=False)
    )
