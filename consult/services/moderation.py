"""Publish, hide or send back what people wrote; of two who decide at once, one wins."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from ..domain import moderation
from ..domain.errors import RuleBroken
from ..models import Statement
from . import journal


@dataclass(frozen=True)
class Decision:
    """What is decided, why, and the state the text was shown in (its present one if empty)."""

    decision: str
    reason: str = ""
    seen: str = ""


def decide(
    session: Session, statement: Statement, *, choice: Decision, actor: str, now: datetime
) -> Statement:
    """Take a decision about a text.

    Raises decision-done (409) when someone else decided first, or its author withdrew it.
    """
    before = choice.seen or statement.state
    state, kept = moderation.decide(before, choice.decision, choice.reason)
    values: dict[str, Any] = {"state": state, "state_reason": kept}
    if state == "published" and statement.published_at is None:
        values["published_at"] = now
    done: Any = session.execute(
        update(Statement)
        .where(
            Statement.id == statement.id,
            Statement.state == before,
            Statement.version == statement.version,
        )
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:
        raise RuleBroken("decision-done", 409)
    session.refresh(statement)
    journal.record(
        session,
        f"statement.{state.replace('_', '-')}",
        f"statement:{statement.id}",
        actor=actor,
        now=now,
        consultation_id=statement.consultation_id,
        **({"reason": kept} if kept else {}),
    )
    return statement
