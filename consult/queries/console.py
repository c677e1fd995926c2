"""What the console shows: the organiser's consultations, their structure, what waits."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from ..models import (
    Consultation,
    Document,
    ListedPerson,
    Outcome,
    Proposal,
    Question,
    Statement,
    Theme,
)
from ..models.statements import KINDS
from . import consultations, organisers

Rows = Select[*tuple[Any, ...]]

# Each kind named: an index that begins with consultation, kind, state then answers alone.
IS_PENDING = and_(Statement.kind.in_(KINDS), Statement.state == "pending")
NEWEST: tuple[ColumnElement[Any], ...] = (Consultation.created_at, Consultation.id)  # type: ignore[assignment]
OLDEST: tuple[ColumnElement[Any], ...] = (Statement.created_at, Statement.id)  # type: ignore[assignment]


def mine(account_id: str | None) -> Rows:
    """Select an organiser's consultations, everyone's for None, with what waits in each."""
    pending = (
        select(func.count())
        .select_from(Statement)
        .where(Statement.consultation_id == Consultation.id, IS_PENDING)
        .correlate(Consultation)
    )
    outcomes = (
        select(func.count())
        .select_from(Outcome)
        .where(Outcome.consultation_id == Consultation.id)
        .correlate(Consultation)
    )
    query = select(
        Consultation.id,
        Consultation.slug,
        Consultation.title,
        Consultation.time_zone,
        *consultations.DATES,
        Consultation.published_at,
        Consultation.created_at,
        Consultation.answers,
        Consultation.proposals,
        pending.scalar_subquery().label("pending"),
        outcomes.scalar_subquery().label("outcomes"),
    )
    if account_id is None:
        return query
    return query.where(organisers.is_organised_by(account_id))


def habits(owner_id: str) -> Rows:
    """Select what an organiser said of their last consultation, to offer it again."""
    return (
        select(
            Consultation.asked_by,
            Consultation.territory_code,
            Consultation.time_zone,
            Consultation.contact_name,
            Consultation.contact_phone,
        )
        .where(Consultation.owner_id == owner_id)
        .order_by(Consultation.created_at.desc())
        .limit(1)
    )


def structure(consultation_id: str) -> Rows:
    """Select every theme, hidden ones too, with each of its questions."""
    articles = (
        select(func.count())
        .select_from(Proposal)
        .where(Statement.theme_id == Theme.id, Statement.kind == "proposal")
        .correlate(Theme)
    )
    return (
        select(
            Theme.id.label("theme_id"),
            Theme.label,
            Theme.number.label("theme_number"),
            Theme.title,
            Theme.hidden,
            articles.scalar_subquery().label("articles"),
            Question.id,
            Question.number,
            Question.kind,
            Question.wording,
            Question.answers,
        )
        .outerjoin(Question, Question.theme_id == Theme.id)
        .where(Theme.consultation_id == consultation_id)
        .order_by(Theme.position, Theme.number, Question.number)
    )


def counts(consultation_id: str) -> Rows:
    """Select how many texts wait, documents are joined and people listed, in one row."""

    def held(model: Any, *conditions: ColumnElement[bool]) -> Any:
        return (
            select(func.count())
            .select_from(model)
            .where(model.consultation_id == consultation_id, *conditions)
            .scalar_subquery()
        )

    return select(
        held(Statement, IS_PENDING).label("pending"),
        held(Document).label("documents"),
        held(ListedPerson).label("listed"),
        held(Outcome).label("outcomes"),
    )


def documents(consultation_id: str) -> Rows:
    """Select the documents of a consultation, in the order they came."""
    return (
        select(Document.id, Document.title, Document.file_name, Document.size)
        .where(Document.consultation_id == consultation_id)
        .order_by(Document.created_at, Document.id)
    )


def outcomes(consultation_id: str) -> Rows:
    """Select each question with what became of it."""
    return (
        select(
            Question,
            Question.id,
            Question.number,
            Question.wording,
            Question.answers,
            Theme.label,
            Outcome,
        )
        .join(Theme, Theme.id == Question.theme_id)
        .outerjoin(Outcome, Outcome.question_id == Question.id)
        .where(Question.consultation_id == consultation_id)
        .order_by(Theme.position, Theme.number, Question.number)
    )


def proposals(consultation_id: str) -> Rows:
    """Select the published proposals with what became of each, for a keyset page."""
    return (
        select(
            Statement,
            Statement.id,
            Statement.created_at,
            Statement.title,
            func.substr(Statement.body, 1, 200).label("body"),
            (Statement.agree + Statement.declared_agree).label("agree"),
            Outcome,
        )
        .outerjoin(Outcome, Outcome.statement_id == Statement.id)
        .where(
            Statement.consultation_id == consultation_id,
            Statement.kind == "proposal",
            Statement.state == "published",
        )
    )
