"""What became of a question, a text or a part of a synthesis, said by the organiser."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain import outcomes as rules
from ..domain import phases
from ..domain.errors import RuleBroken
from ..domain.outcomes import Words
from ..models import Account, Consultation, Outcome, Question, Statement
from ..queries import linked
from . import consultations, journal


@dataclass(frozen=True)
class Part:
    """A part of the synthesis in force of a consultation, known by its id."""

    consultation_id: str
    synthesis_id: str
    id: str


Subject = Question | Statement | Part
NONE: dict[str, Any] = asdict(Words())


def find(session: Session, subject: Subject) -> Outcome | None:
    """Return the outcome of a subject, if it has one."""
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

    Those it is about are written to once nothing changes any more. Raises not-open-yet (409)
    before the opening, statement-not-public (409) for a text that nobody reads, stale (409) when
    someone else has answered meanwhile, outcome-link-unknown for a page that not everyone reads.
    """
    said = _read(session, words, now)
    consultation = session.get_one(Consultation, subject.consultation_id)
    phases.check("report_outcome", phases.of(consultation, now))
    if isinstance(subject, Statement) and subject.state != "published":
        raise RuleBroken("statement-not-public", 409)
    consultations.claim(session, consultation.id)
    outcome = find(session, subject)
    consultations.check_stamp(values_of(outcome), version)
    if outcome is None:
        outcome = Outcome(consultation_id=consultation.id, created_at=now, **_place(subject))
        session.add(outcome)
    elif values_of(outcome) == asdict(said):
        return outcome
    _change(session, outcome, said, account, now)
    journal.record(
        session,
        "outcome.given",
        f"{_name(subject)}:{subject.id}",
        actor=f"account:{account.id}",
        now=now,
        consultation_id=consultation.id,
        verdict=said.verdict,
    )
    return outcome


def _change(
    session: Session, outcome: Outcome, said: Words, account: Account, now: datetime
) -> None:
    for name, value in asdict(said).items():
        setattr(outcome, name, value)
    outcome.updated_at, outcome.account_id, outcome.told_at = now, account.id, None
    session.flush()


def _read(session: Session, words: Words, now: datetime) -> Words:
    """Return what is kept of some words; the decision is called as the page it leads to."""
    said = rules.cleaned(words)
    page = rules.page_of(said.link)
    query = linked.title(*page, now) if page else None
    if query is None:
        return said
    title = session.scalar(query)
    if title is None:
        raise RuleBroken("outcome-link-unknown")
    return replace(said, decision=said.decision or title[: rules.DECISION_LIMIT])


def _name(subject: Subject) -> str:
    if isinstance(subject, Part):
        return "part"
    return "question" if isinstance(subject, Question) else "statement"


def _place(subject: Subject) -> dict[str, Any]:
    held = {f"{_name(subject)}_id": subject.id}
    return held | {"synthesis_id": subject.synthesis_id} if isinstance(subject, Part) else held


def _is_of(subject: Subject) -> Any:
    if isinstance(subject, Part):
        return (Outcome.synthesis_id == subject.synthesis_id) & (Outcome.part_id == subject.id)
    if isinstance(subject, Question):
        return Outcome.question_id == subject.id
    return Outcome.statement_id == subject.id
