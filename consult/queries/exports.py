"""What an export holds: the public texts of a consultation, in an order that can be read back."""

from typing import Any

from sqlalchemy import Select, and_, false, func, or_, select, true
from sqlalchemy.orm import aliased

from ..models import AnswerQuestion, CommonQuestion, Question, Statement, Theme

Parent = aliased(Statement, name="parent")


def themes(consultation_id: str, *, whole: bool = False) -> Select[Any]:
    """Public themes, or all, in the organiser's order."""
    return (
        select(Theme)
        .where(
            Theme.consultation_id == consultation_id,
            or_(true() if whole else false(), ~Theme.hidden),
        )
        .order_by(Theme.position, Theme.id)
    )


def questions(consultation_id: str, *, whole: bool = False) -> Select[Question, str, str | None]:
    """Questions of public themes, or all, with the keys of their themes.

    In a local edition, each with the key of the question that it is a copy of.
    """
    common = aliased(Question)
    return (
        select(
            Question,
            func.coalesce(Theme.origin, Theme.id).label("theme_key"),
            func.coalesce(common.origin, common.id).label("common_key"),
        )
        .join(Theme, Theme.id == Question.theme_id)
        .outerjoin(CommonQuestion, CommonQuestion.question_id == Question.id)
        .outerjoin(common, common.id == CommonQuestion.source_id)
        .where(
            Question.consultation_id == consultation_id,
            or_(true() if whole else false(), ~Theme.hidden),
        )
        .order_by(Theme.position, Question.number)
    )


def statements(consultation_id: str, kind: str, *, whole: bool = False) -> Select[Any]:
    """Statements of one kind, oldest first, with the keys of what they belong to.

    Published ones or, for the `whole` copy that an operator moves, those in every state.
    """
    public = and_(
        Statement.state == "published",
        or_(Theme.id.is_(None), ~Theme.hidden),
        or_(Parent.id.is_(None), Parent.state == "published"),
    )
    return (
        select(
            *Statement.__table__.columns,
            func.coalesce(Theme.origin, Theme.id).label("theme_key"),
            func.coalesce(Question.origin, Question.id).label("question_key"),
            func.coalesce(Parent.origin, Parent.id).label("parent_key"),
        )
        .outerjoin(Theme, Theme.id == Statement.theme_id)
        .outerjoin(Question, Question.id == Statement.question_id)
        .outerjoin(Parent, Parent.id == Statement.parent_id)
        .where(
            Statement.consultation_id == consultation_id,
            Statement.kind == kind,
            or_(true() if whole else false(), public),
        )
        .order_by(Statement.created_at, Statement.id)
    )


def beyond(consultation_id: str, number: int) -> Select[str]:
    """The text that comes after a number of others, whatever their state: none when it is short."""
    return (
        select(Statement.id)
        .where(Statement.consultation_id == consultation_id)
        .order_by(Statement.consultation_id)
        .offset(number)
        .limit(1)
    )


def further_questions(consultation_id: str) -> Select[str, str]:
    """Further questions of long answers: the few rows that are read beforehand."""
    return (
        select(
            AnswerQuestion.statement_id, func.coalesce(Question.origin, Question.id).label("key")
        )
        .join(Question, Question.id == AnswerQuestion.question_id)
        .where(Question.consultation_id == consultation_id)
        .order_by(AnswerQuestion.statement_id, Question.number)
    )
