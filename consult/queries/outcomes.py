"""Outcomes: those of a consultation, with what each answers and who is to be told of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, case, func, or_, select, union_all

from ..domain import outcomes
from ..models import (
    AnswerQuestion,
    Consultation,
    Mail,
    Outcome,
    Question,
    Statement,
    StatementReading,
    Subscriber,
    Theme,
)
from .extracts import address, may_be_told, with_authors

Rows = Select[*tuple[Any, ...]]
MOST = 500  # on the page of a synthesis, and in its files
TITLE = 120
EXCERPT = 600


def _title() -> ColumnElement[str]:
    """Give the title of a text, or its first words, which say that more follow."""
    cut = func.substr(Statement.body, 1, TITLE, type_=Text) + "…"
    words = case((func.length(Statement.body) > TITLE, cut), else_=Statement.body)
    return func.coalesce(func.nullif(Statement.title, ""), words)


def of_parts(synthesis_id: str, part_ids: Sequence[str]) -> Select[Outcome]:
    """Select the outcomes of some parts of a synthesis."""
    where = (Outcome.synthesis_id == synthesis_id, Outcome.part_id.in_(part_ids))
    return select(Outcome).where(*where).order_by(Outcome.id)


def of_any_parts(part_ids: Sequence[str]) -> Select[Outcome]:
    """Select the outcomes of some parts, whatever their syntheses."""
    return select(Outcome).where(Outcome.part_id.in_(part_ids)).order_by(Outcome.id)


def readings(statement_ids: Sequence[str]) -> Rows:
    """Select how those who wrote the synthesis read some texts: (statement_id, state)."""
    return (
        select(StatementReading.statement_id, StatementReading.state)
        .where(StatementReading.statement_id.in_(statement_ids))
        .order_by(StatementReading.statement_id)
    )


def of_consultation(consultation_id: str) -> Rows:
    """Select the outcomes of a consultation with what each answers: what anyone may read.

    Those of questions come first, in their order, then those of texts, then those of parts.
    """
    return (
        select(
            Outcome,
            Statement.kind,
            func.coalesce(_title(), Question.wording, "").label("title"),
            Theme.number.label("theme_number"),
            Question.number.label("question_number"),
            Consultation.slug,
        )
        .join(Consultation, Consultation.id == Outcome.consultation_id)
        .outerjoin(Statement, Statement.id == Outcome.statement_id)
        .outerjoin(Question, Question.id == Outcome.question_id)
        .outerjoin(Theme, Theme.id == func.coalesce(Question.theme_id, Statement.theme_id))
        .where(
            Outcome.consultation_id == consultation_id,
            or_(Outcome.statement_id.is_(None), Statement.state == "published"),
            or_(Theme.id.is_(None), Theme.hidden.is_(False)),
        )
        .order_by(
            Outcome.question_id.is_(None),
            Outcome.statement_id.is_(None),
            Theme.position,
            Theme.number,
            Question.number,
            Statement.position,
            Outcome.created_at,
            Outcome.id,
        )
        .limit(MOST)
    )


def untold(now: datetime) -> Select[str]:
    """Select the consultations with outcomes to tell, once nothing changed for a few minutes."""
    return (
        select(Outcome.consultation_id)
        .where(Outcome.told_at.is_(None))
        .group_by(Outcome.consultation_id)
        .having(func.max(Outcome.updated_at) <= now - outcomes.QUIET)
        .order_by(Outcome.consultation_id)
    )


def to_tell(consultation_id: str) -> Select[Outcome]:
    """Select the outcomes of a consultation of which nobody was told."""
    where = (Outcome.consultation_id == consultation_id, Outcome.told_at.is_(None))
    return select(Outcome).where(*where).order_by(Outcome.id)


def told_people(
    consultation_id: str, prefix: str, quoted: Sequence[str], *, most: int
) -> Select[str]:
    """Select the addresses of those to tell, so many, who have no letter of this key yet.

    Authors of the texts answered, of the answers to the questions answered, and of the texts that
    the parts answered quote. Who wants no letter gets one where they asked to be told of a text.
    """
    email = address()
    held = select(Mail.recipient).where(Mail.dedup_key.startswith(prefix, autoescape=True))
    about = _about(consultation_id, quoted)
    return (
        _authored(select(email.label("email")))
        .where(Statement.id.in_(about), email.not_in(held))
        .group_by(email)
        .order_by(email)
        .limit(most)
    )


def told_of(consultation_id: str, quoted: Sequence[str], emails: Sequence[str]) -> Rows:
    """Select the texts of some people that outcomes to tell are about."""
    email = address()
    about = _about(consultation_id, quoted)
    return (
        _authored(
            select(
                email.label("email"),
                func.coalesce(Subscriber.locale, "fr").label("locale"),
                Statement.id,
                Statement.kind,
                Statement.question_id,
                _title().label("title"),
            )
        )
        .where(Statement.id.in_(about), email.in_(emails))
        .order_by(email, Statement.created_at, Statement.id)
    )


def _authored(query: Rows) -> Rows:
    """Join to a query of statements where their authors are written to, if they may be."""
    return with_authors(query.select_from(Statement)).where(may_be_told())


def _about(consultation_id: str, quoted: Sequence[str]) -> Any:
    """Select the texts that the outcomes to tell of a consultation are about."""
    new = and_(Outcome.consultation_id == consultation_id, Outcome.told_at.is_(None))
    shown = Statement.state == "published"
    texts = select(Outcome.statement_id).where(new, Outcome.statement_id.is_not(None))
    asked = select(Outcome.question_id).where(new, Outcome.question_id.is_not(None))
    answers = select(Statement.id).where(
        Statement.question_id.in_(asked), Statement.kind == "answer", shown
    )
    further = (
        select(AnswerQuestion.statement_id)
        .join(Statement, Statement.id == AnswerQuestion.statement_id)
        .where(AnswerQuestion.question_id.in_(asked), shown)
    )
    public = select(Statement.id).where(Statement.id.in_(quoted), shown)
    return union_all(texts, answers, further, public)


def of_texts(statement_ids: Sequence[str]) -> Rows:
    """Select what became of some texts: of themselves, and of the questions they answer."""
    return (
        select(Statement.id.label("statement_id"), Outcome)
        .join(
            Outcome,
            or_(Outcome.statement_id == Statement.id, Outcome.question_id == Statement.question_id),
        )
        .where(Statement.id.in_(statement_ids))
        .order_by(Statement.id, Outcome.question_id.is_not(None), Outcome.id)
    )
