"""Contributions: what a person sent, in every state, for themselves."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, false, literal, or_, select

from ..models import (
    Consultation,
    Contribution,
    Draft,
    Participant,
    Question,
    Statement,
    Theme,
)
from . import consultations, paging

Rows = Select[*tuple[Any, ...]]


def owned(participant_id: str | None, followed: Sequence[str]) -> ColumnElement[bool]:
    """Tell which statements are the reader's own: by their browser, or by a number they gave."""
    by_browser = Statement.participant_id == participant_id if participant_id else false()
    return or_(by_browser, Statement.contribution_id.in_(followed) if followed else false())


def statements_of(participant_id: str | None, followed: Sequence[str]) -> Rows:
    """Select the narrow rows of the reader's own statements, the newest first."""
    return (
        select(
            Statement.id,
            Statement.kind,
            Statement.state,
            Statement.state_reason,
            Statement.title,
            Statement.body,
            Statement.version,
            Statement.decision,
            Statement.decision_reason,
            Statement.decided_at,
            Statement.created_at,
            Statement.updated_at,
            Statement.published_at,
            Statement.contribution_id,
            Statement.parent_id,
            Statement.consultation_id,
            Question.wording,
            Consultation.slug,
            Consultation.title.label("consultation_title"),
            Consultation.time_zone,
            Consultation.published_at.label("consultation_published_at"),
            *consultations.DATES,
        )
        .join(Consultation, Consultation.id == Statement.consultation_id)
        .outerjoin(Question, Question.id == Statement.question_id)
        .where(owned(participant_id, followed))
        .order_by(Statement.created_at.desc(), Statement.id.desc())
        .limit(paging.MOST)
    )


def one_owned(statement_id: str, participant_id: str | None, followed: Sequence[str]) -> Rows:
    """Select one of the reader's own statements, with its consultation and its question."""
    return (
        select(Statement, Consultation, Question, Theme)
        .join(Consultation, Consultation.id == Statement.consultation_id)
        .outerjoin(Question, Question.id == Statement.question_id)
        .outerjoin(Theme, Theme.id == Statement.theme_id)
        .where(Statement.id == statement_id, owned(participant_id, followed))
    )


def contribution_of(statement_id: str) -> Select[Contribution]:
    """Select the contribution a statement is part of."""
    return (
        select(Contribution)
        .join(Statement, Statement.contribution_id == Contribution.id)
        .where(Statement.id == statement_id)
    )


def numbers_of(participant_id: str) -> Select[str | None]:
    """Select the tracking numbers of what a person sent, the newest first."""
    return (
        select(Contribution.tracking_number)
        .where(
            Contribution.participant_id == participant_id,
            Contribution.tracking_number.is_not(None),
        )
        .order_by(Contribution.created_at.desc(), Contribution.id.desc())
        .limit(paging.MOST)
    )


def begun(contribution_id: str) -> Rows:
    """Select the drafts of questions that whoever sent a contribution began beside it.

    On a device without an account only: an account finds its own drafts again.
    """
    of_question = Draft.target == literal("question:") + Question.id
    return (
        select(
            Draft.target,
            Draft.updated_at,
            Question.wording,
            Question.number,
            Theme.number.label("theme_number"),
            Theme.label,
        )
        .join(Contribution, Contribution.participant_id == Draft.participant_id)
        .join(Participant, Participant.id == Draft.participant_id)
        .join(Question, of_question)
        .join(Theme, Theme.id == Question.theme_id)
        .where(
            Contribution.id == contribution_id,
            Question.consultation_id == Contribution.consultation_id,
            Participant.account_id.is_(None),
            Theme.hidden.is_(False),
        )
        .order_by(Theme.position, Question.number)
    )


def assisted_by(statement_id: str, account_id: str) -> Rows:
    """Select what a helper wrote down for someone, by the helper who did."""
    return (
        select(Statement, Contribution, Consultation, Question)
        .join(Contribution, Contribution.id == Statement.contribution_id)
        .join(Consultation, Consultation.id == Statement.consultation_id)
        .outerjoin(Question, Question.id == Statement.question_id)
        .where(Statement.id == statement_id, Contribution.assisted_by_id == account_id)
    )
