"""The questions of a theme: added, reworded, put in order, taken away."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ..domain import clean, searching
from ..domain import questions as kinds
from ..domain.errors import RuleBroken
from ..models import AnswerQuestion, Draft, Question, Statement, Theme
from . import common_questions, consultations, journal

FIELDS: dict[str, Callable[..., Any]] = {
    "wording": partial(clean.text, limit=1_000, required="wording-missing"),
    "easy_wording": partial(clean.text, limit=1_000),
    "context": clean.text,
    "why": partial(clean.text, limit=2_000),
    "help": partial(clean.text, limit=2_000),
    "example": partial(clean.text, limit=2_000),
}
MOST = 50


def values_of(question: Question) -> dict[str, Any]:
    """Return what the form of a question shows."""
    words = {name: getattr(question, name) for name in FIELDS}
    return {**words, "options": question.options}


def add(
    session: Session,
    theme: Theme,
    *,
    kind: str,
    values: Mapping[str, Any],
    actor: str,
    now: datetime,
) -> Question:
    """Add a question at the end of a theme; `values["options"]` is what its kind reads."""
    given = _read(kind, values)
    consultations.claim(session, theme.consultation_id)
    count, last = session.execute(
        select(func.count(), func.max(Question.number)).where(Question.theme_id == theme.id)
    ).one()
    if count >= MOST:
        raise RuleBroken("questions-too-many", max=MOST)
    question = Question(
        consultation_id=theme.consultation_id,
        theme_id=theme.id,
        number=(last or 0) + 1,
        kind=kind,
        **given,
    )
    session.add(question)
    session.flush()
    _record(session, question, "question.added", actor=actor, now=now)
    return question


def revise(
    session: Session,
    question: Question,
    *,
    values: Mapping[str, Any],
    version: str,
    actor: str,
    now: datetime,
) -> None:
    """Change the words of a question, and its options as long as nobody answered.

    Local editions that ask it too follow; they cannot change it themselves (question-common, 409).
    """
    given = _read(question.kind, values)
    consultations.claim(session, question.consultation_id)
    session.refresh(question, with_for_update=True)
    common_questions.check_free(session, question)
    consultations.check_stamp(values_of(question), version)
    if given["options"] != question.options and is_answered(session, question):
        raise RuleBroken("options-fixed", 409)
    for name, value in given.items():
        setattr(question, name, value)
    session.flush()
    common_questions.spread(session, question, given)
    _record(session, question, "question.revised", actor=actor, now=now)


def move(session: Session, question: Question, *, up: bool, actor: str, now: datetime) -> None:
    """Swap a question with its neighbour; numbers are addresses and stay once it is open."""
    consultations.claim(session, question.consultation_id)
    consultations.check_numbers(session, question.consultation_id, now)
    order = list(
        session.scalars(
            select(Question)
            .where(Question.theme_id == question.theme_id)
            .order_by(Question.number)
            .execution_options(populate_existing=True)
        )
    )
    here = order.index(question)
    there = here - 1 if up else here + 1
    if 0 <= there < len(order):
        other = order[there]
        mine, theirs = question.number, other.number
        question.number = -1
        session.flush()
        other.number = mine
        session.flush()
        question.number = theirs
        session.flush()
    _record(session, question, "question.moved", actor=actor, now=now)


def remove(session: Session, question: Question, *, actor: str, now: datetime) -> None:
    """Take a question away; question-answered (409) once anyone answers or is writing."""
    consultations.claim(session, question.consultation_id)
    session.refresh(question, with_for_update=True)
    common_questions.check_free(session, question)
    common_questions.check_unshared(session, question)
    if is_answered(session, question):
        raise RuleBroken("question-answered", 409)
    _record(session, question, "question.removed", actor=actor, now=now)
    session.execute(delete(Question).where(Question.id == question.id))


def is_answered(session: Session, question: Question) -> bool:
    """Tell whether anyone answered a question, in whatever state, or has begun to."""
    found = session.scalar(
        select(
            select(Statement.id).where(Statement.question_id == question.id).exists()
            | select(AnswerQuestion.statement_id)
            .where(AnswerQuestion.question_id == question.id)
            .exists()
            | select(Draft.target).where(Draft.target == f"question:{question.id}").exists()
        )
    )
    return bool(found)


def _read(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    options = kinds.kind(kind).normalise_options(values.get("options") or {})
    given: dict[str, Any] = {name: read(values.get(name)) for name, read in FIELDS.items()}
    words = " ".join(given[name] for name in ("wording", "easy_wording", "context"))
    return {**given, "options": options, "search": searching.normalise(words)}


def _record(session: Session, question: Question, act: str, *, actor: str, now: datetime) -> None:
    journal.record(
        session,
        act,
        f"question:{question.id}",
        actor=actor,
        now=now,
        consultation_id=question.consultation_id,
    )
