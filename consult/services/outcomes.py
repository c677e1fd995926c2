"""What became of a question or a statement, said by the organiser."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain import clean, phases
from ..domain import outcomes as verdicts
from ..domain.errors import RuleBroken
from ..models import Account, Consultation, Outcome, Question, Statement
from . import consultations, journal

Subject = Question | Statement


@dataclass(frozen=True)
class Words:
    """What the organiser says: a verdict and its reasons."""

    verdict: str
    body: str


NONE = {"verdict": "", "body": ""}


def find(session: Session, subject: Subject) -> Outcome | None:
    """Return the outcome of a question or a statement, if it has one."""
    return session.scalar(
        select(Outcome).where(_is_of(subject)).execution_options(populate_existing=True)
    )


def values_of(outcome: Outcome | None) -> dict[str, Any]:
    """Return what the form of an outcome shows."""
    return {name: getattr(outcome, name) for name in NONE} if outcome else dict(NONE)


def give(
    session: Session,
    subject: Subject,
    *,
    words: Words,
    version: str,
    account: Account,
    now: datetime,
) -> Outcome:
    """Say what became of a subject, or change it; `version` is the stamp of what was shown.

    Raises not-open-yet (409) before the opening, statement-not-public (409) for a text that
    nobody reads, stale (409) when someone else has answered meanwhile.
    """
    said, text = verdicts.read(words.verdict), clean.text(words.body, required="outcome-missing")
    consultation = session.get_one(Consultation, subject.consultation_id)
    phases.check("report_outcome", phases.of(consultation, now))
    if isinstance(subject, Statement) and subject.state != "published":
        raise RuleBroken("statement-not-public", 409)
    consultations.claim(session, consultation.id)
    outcome = find(session, subject)
    consultations.check_stamp(values_of(outcome), version)
    if outcome is None:
        place: dict[str, Any] = {f"{_name(subject)}_id": subject.id}
        outcome = Outcome(consultation_id=consultation.id, created_at=now, **place)
        session.add(outcome)
    outcome.verdict, outcome.body, outcome.updated_at = said, text, now
    outcome.account_id = account.id
    session.flush()
    journal.record(
        session,
        "outcome.given",
        f"{_name(subject)}:{subject.id}",
        actor=f"account:{account.id}",
        now=now,
        consultation_id=consultation.id,
        verdict=said,
    )
    return outcome


def _name(subject: Subject) -> str:
    return "question" if isinstance(subject, Question) else "statement"


def _is_of(subject: Subject) -> Any:
    if isinstance(subject, Question):
        return Outcome.question_id == subject.id
    return Outcome.statement_id == subject.id
