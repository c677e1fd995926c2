"""What an author does afterwards: correct a text, its history kept, or withdraw it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from ..domain import clean, phases, searching
from ..domain import reports as rules
from ..domain.errors import RuleBroken
from ..models import Consultation, Revision, Statement
from . import journal, reports, second_readings

REASON_LIMIT = 300


@dataclass(frozen=True)
class Text:
    """What a statement says: of the columns below, those that its kind uses."""

    body: str
    title: str = ""
    value: Any = None


def may_correct(statement: Statement, consultation: Consultation, *, now: datetime) -> None:
    """Raise consultation-closed or statement-withdrawn (409); a hidden text may be corrected."""
    _check_state(statement, "withdrawn")
    phases.check("correct", phases.of(consultation, now))


def may_withdraw(statement: Statement, consultation: Consultation, *, now: datetime) -> None:
    """Raise consultation-closed, statement-hidden or statement-withdrawn (409)."""
    _check_state(statement, "hidden", "withdrawn")
    phases.check("withdraw", phases.of(consultation, now))


def correct(
    session: Session,
    statement: Statement,
    text: Text,
    *,
    version: int,
    actor: str,
    now: datetime,
) -> None:
    """Replace the text written as `version`, or raise stale (409) when it is no longer that."""
    consultation = session.get_one(Consultation, statement.consultation_id)
    may_correct(statement, consultation, now=now)
    if version == statement.version and _says(statement, text):
        return
    state = _state_after(statement, consultation)
    before = _before(statement)
    done = session.execute(
        update(Statement)
        .where(Statement.id == statement.id, Statement.version == version)
        .values(
            title=text.title,
            body=text.body,
            value=text.value,
            search=searching.normalise(f"{text.title} {text.body}"),
            version=version + 1,
            updated_at=now,
            state=state,
        )
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise RuleBroken("stale", 409)
    session.add(before)
    session.refresh(statement)
    _note(session, "statement.corrected", statement, actor, now)
    second_readings.end(session, statement.id, now=now)


def withdraw(
    session: Session, statement: Statement, *, reason: object, actor: str, now: datetime
) -> None:
    """Take a text off the site at its author's wish, which answers those who reported it."""
    consultation = session.get_one(Consultation, statement.consultation_id)
    may_withdraw(statement, consultation, now=now)
    statement.state_reason = clean.line(reason, REASON_LIMIT)
    statement.state = "withdrawn"
    statement.updated_at = now
    session.flush()
    _note(session, "statement.withdrawn", statement, actor, now)
    second_readings.end(session, statement.id, now=now)
    reports.answer(session, statement, reports.Answer(rules.WITHDRAWN), actor=actor, now=now)


def _before(statement: Statement) -> Revision:
    """Return the version that a correction is about to replace."""
    return Revision(
        statement_id=statement.id,
        version=statement.version,
        title=statement.title,
        body=statement.body,
        value=statement.value,
        created_at=statement.updated_at,
    )


def _says(statement: Statement, text: Text) -> bool:
    return (statement.title, statement.body, statement.value) == (text.title, text.body, text.value)


def _state_after(statement: Statement, consultation: Consultation) -> str:
    """Return the state of a corrected text: whoever reads before publication reads it again."""
    if statement.state in ("to_correct", "hidden"):
        return "pending"
    if statement.state == "published" and consultation.moderation == "before":
        return "pending"
    return statement.state


def _check_state(statement: Statement, *refused: str) -> None:
    if statement.state in refused:
        raise RuleBroken(f"statement-{statement.state}", 409)


def _note(session: Session, act: str, statement: Statement, actor: str, now: datetime) -> None:
    journal.record(
        session,
        act,
        f"statement:{statement.id}",
        actor=actor,
        now=now,
        consultation_id=statement.consultation_id,
        version=statement.version,
    )
