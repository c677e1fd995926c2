"""Answers: the questions around, one answer and what surrounds it, those of an organisation."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import aliased

from ..domain import phases
from ..models import (
    AnswerQuestion,
    Consultation,
    Organisation,
    Outcome,
    Question,
    Revision,
    Statement,
    Territory,
    Theme,
)
from . import consultations, paging, statements

Rows = Select[*tuple[Any, ...]]
Asked = aliased(Outcome, name="asked")
MOST = 100
PAGED = ("answer", "proposal", "amendment")  # the kinds of text that have a page


def outline(consultation_id: str) -> Rows:
    """Select the narrow rows of a consultation's questions, in their order."""
    return (
        select(
            Question.id,
            Question.number,
            Question.kind,
            Question.wording,
            Theme.id.label("theme_id"),
            Theme.number.label("theme_number"),
            Theme.label.label("theme_label"),
            Theme.title.label("theme_title"),
        )
        .join(Theme, Theme.id == Question.theme_id)
        .where(Question.consultation_id == consultation_id, Theme.hidden.is_(False))
        .order_by(Theme.position, Theme.number, Question.number)
    )


def to_write(reader: consultations.Reader, now: datetime) -> Rows:
    """Select the questions that take a text now, of what a reader may know of, the latest first."""
    is_open = (consultations.is_published(now), consultations.in_phase(phases.OPEN, now))
    return (
        select(
            Question.id,
            Question.number,
            Question.wording,
            Theme.number.label("theme_number"),
            Consultation.slug,
            Consultation.title,
        )
        .join(Theme, Theme.id == Question.theme_id)
        .join(Consultation, Consultation.id == Question.consultation_id)
        .where(Question.kind == "long_text", Theme.hidden.is_(False), *is_open)
        .where(consultations.is_visible(reader, now))
        .order_by(Consultation.published_at.desc(), Consultation.id)
        .order_by(Theme.position, Theme.number, Question.number)
        .limit(MOST)
    )


def questions_in_full(consultation_id: str) -> Rows:
    """Select the questions of a consultation with their themes, in order."""
    return (
        select(Question, Theme)
        .join(Theme, Theme.id == Question.theme_id)
        .where(Question.consultation_id == consultation_id, Theme.hidden.is_(False))
        .order_by(Theme.position, Theme.number, Question.number)
    )


def mine(question_id: str, participant_id: str) -> Rows:
    """Select a person's own answers to a question, the withdrawn ones left out."""
    return (
        select(Statement.id, Statement.state, Statement.created_at)
        .where(
            Statement.question_id == question_id,
            Statement.participant_id == participant_id,
            Statement.kind == "answer",
            Statement.state != "withdrawn",
        )
        .order_by(Statement.created_at)
        .limit(paging.MOST)
    )


def detail(
    statement_id: str,
    reader: consultations.Reader,
    participant_id: str | None,
    followed: Sequence[str],
    now: datetime,
) -> Rows:
    """Select a statement that the reader may know of, with all that its page says.

    `Outcome` is what became of it, `asked` what became of the question it answers.

    `followed` are the contributions whose tracking number the reader gave.
    """
    return (
        select(
            Statement,
            Consultation,
            Question,
            Theme,
            Organisation.slug.label("organisation_slug"),
            Territory.name.label("territory_name"),
            Outcome,
            Asked,
        )
        .join(Consultation, Consultation.id == Statement.consultation_id)
        .outerjoin(Question, Question.id == Statement.question_id)
        .outerjoin(Theme, Theme.id == Statement.theme_id)
        .outerjoin(Organisation, Organisation.id == Statement.organisation_id)
        .outerjoin(Territory, Territory.code == Statement.territory_code)
        .outerjoin(Outcome, Outcome.statement_id == Statement.id)
        .outerjoin(Asked, Asked.question_id == Statement.question_id)
        .where(
            Statement.id == statement_id,
            or_(
                statements.is_visible(reader, participant_id, now),
                followed_by_number(followed),
            ),
        )
    )


def followed_by_number(followed: Sequence[str]) -> ColumnElement[bool]:
    """Tell which statements belong to contributions whose number the reader gave."""
    return Statement.contribution_id.in_(followed) if followed else false()


def further(statement_id: str) -> Rows:
    """Select the other questions that an answer is addressed to."""
    return (
        select(Question.number, Question.wording, Theme.number.label("theme_number"))
        .join(AnswerQuestion, AnswerQuestion.question_id == Question.id)
        .join(Theme, Theme.id == Question.theme_id)
        .where(AnswerQuestion.statement_id == statement_id)
        .order_by(Theme.position, Question.number)
    )


def history(statement_id: str) -> Select[Revision]:
    """Select the earlier versions of a text, the latest first."""
    return (
        select(Revision)
        .where(Revision.statement_id == statement_id)
        .order_by(Revision.version.desc())
        .limit(paging.MOST)
    )


def of_organisation(
    organisation_id: str, reader: consultations.Reader, now: datetime, cursor: str | None
) -> Rows:
    """Select one page, and one row more, of the texts signed by an organisation."""
    query = (
        select(
            *statements.ROW,
            Question.number.label("question_number"),
            Question.wording,
            Theme.number.label("theme_number"),
            Consultation.slug,
            Consultation.title.label("consultation_title"),
            Consultation.time_zone,
        )
        .select_from(Statement)
        .join(Consultation, Consultation.id == Statement.consultation_id)
        .outerjoin(Question, Question.id == Statement.question_id)
        .outerjoin(Theme, Theme.id == Statement.theme_id)
        .outerjoin(Organisation, Organisation.id == Statement.organisation_id)
        .outerjoin(Territory, Territory.code == Statement.territory_code)
        .where(
            Statement.organisation_id == organisation_id,
            and_(Statement.kind.in_(PAGED), statements.is_visible(reader, None, now)),
            statements.PUBLISHED,
        )
    )
    columns, descending = statements.ORDERS[statements.NEWEST]
    return paging.after(query, columns, descending=descending, cursor_text=cursor)
