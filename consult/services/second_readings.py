"""Second readings: asked once by the author, decided by someone else than the first time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..domain import second_readings as rules
from ..domain.errors import RuleBroken
from ..models import Decision, Room, SecondReading, Statement
from ..queries import moderation as queues
from ..queries import second_readings as queries
from . import inserting, journal


@dataclass(frozen=True)
class Verdict:
    """What is decided the second time, and why."""

    outcome: object
    reason: object


def ask(
    session: Session, statement: Statement, *, words: object, actor: str, now: datetime
) -> SecondReading:
    """Ask that the decision in force about a text be read again, by the room above.

    Raises second-reading-nothing, second-reading-late, second-reading-asked (409).
    """
    said = rules.words(words)
    session.refresh(statement, with_for_update={"read": True})
    decision = session.scalar(queries.in_force(statement.id))
    if decision is None or decision.to_state != statement.state:
        raise RuleBroken("second-reading-nothing", 409)
    rules.may_ask(statement.state, decision.decided_at, now)
    values = {
        "decision_id": decision.id,
        "statement_id": statement.id,
        "room_id": session.scalar(select(Room.parent_id).where(Room.id == decision.room_id)),
        "words": said,
        "asked_at": now,
        "due_at": now + rules.DELAY,
        "reason": "",
        "role": "",
    }
    if not inserting.once(session, SecondReading, values):
        raise RuleBroken("second-reading-asked", 409)
    _record(session, "second-reading.asked", statement, actor, now, decision=decision.id)
    return session.get_one(SecondReading, decision.id)


def decide(
    session: Session,
    decision_id: str,
    verdict: Verdict,
    *,
    by: queues.Moderator,
    now: datetime,
) -> tuple[Statement, SecondReading]:
    """Confirm or overturn a decision, as someone else than whoever took it.

    Raises second-reading-unknown (404), second-reading-own or second-reading-elsewhere (403),
    second-reading-done (409), verdict-missing and verdict-reason-missing.
    """
    row = session.execute(queries.one(decision_id, by)).one_or_none()
    if row is None:
        raise RuleBroken("second-reading-unknown", 404)
    if not row.theirs:
        own = row.Decision.account_id == by.account_id
        raise RuleBroken("second-reading-own" if own else "second-reading-elsewhere", 403)
    outcome, reason = rules.verdict(verdict.outcome, verdict.reason)
    role = session.scalar(
        select(queues.role_here(by)).select_from(Statement).where(Statement.id == row.Statement.id)
    )
    statement, decision = row.Statement, row.Decision
    _settle(
        session,
        decision_id,
        {"outcome": outcome, "reason": reason, "account_id": by.account_id, "role": role or ""},
        now,
    )
    if outcome == rules.OVERTURNED:
        _publish(session, statement, decision, now)
    act = f"second-reading.{outcome}"
    _record(session, act, statement, by.actor, now, decision=decision_id, role=role or "")
    reading = row.SecondReading
    session.refresh(reading)
    return statement, reading


def end(session: Session, statement_id: str, *, now: datetime) -> None:
    """End the second reading of a text that was corrected, withdrawn or decided about again."""
    session.execute(
        update(SecondReading)
        .where(SecondReading.statement_id == statement_id, SecondReading.decided_at.is_(None))
        .values(outcome=rules.ENDED, decided_at=now)
        .execution_options(synchronize_session=False)
    )


def _settle(session: Session, decision_id: str, values: dict[str, Any], now: datetime) -> None:
    done: Any = session.execute(
        update(SecondReading)
        .where(SecondReading.decision_id == decision_id, SecondReading.decided_at.is_(None))
        .values(decided_at=now, **values)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:
        raise RuleBroken("second-reading-done", 409)


def _publish(session: Session, statement: Statement, decision: Decision, now: datetime) -> None:
    """Make a text public again, if it still is what the first decision made of it."""
    done: Any = session.execute(
        update(Statement)
        .where(Statement.id == statement.id, Statement.state == decision.to_state)
        .values(
            state="published",
            state_reason="",
            published_at=statement.published_at or now,
        )
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:
        raise RuleBroken("second-reading-done", 409)
    session.refresh(statement)


def _record(
    session: Session, act: str, statement: Statement, actor: str, now: datetime, **facts: str
) -> None:
    journal.record(
        session,
        act,
        f"statement:{statement.id}",
        actor=actor,
        now=now,
        consultation_id=statement.consultation_id,
        **facts,
    )
