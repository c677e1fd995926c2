"""The questions that local editions share with the consultation they come from: kept the same."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from ..domain.errors import RuleBroken
from ..models import CommonQuestion, Question, Statement, Theme


def is_common(session: Session, question_id: str) -> bool:
    """Tell whether a question of an edition comes from the consultation above."""
    return session.get(CommonQuestion, question_id) is not None


def check_free(session: Session, question: Question) -> None:
    """Raise question-common (409) for a question that an edition did not write itself."""
    if is_common(session, question.id):
        raise RuleBroken("question-common", 409)


def check_unshared(session: Session, question: Question) -> None:
    """Raise question-shared (409) for a question that local editions ask too."""
    query = select(CommonQuestion.question_id).where(CommonQuestion.source_id == question.id)
    if session.scalar(query.limit(1)) is not None:
        raise RuleBroken("question-shared", 409)


def check_theme(session: Session, theme: Theme) -> None:
    """Raise theme-common (409) for a theme that holds questions shared with others."""
    held = (
        select(CommonQuestion.question_id)
        .join(
            Question,
            Question.id.in_((CommonQuestion.question_id, CommonQuestion.source_id)),
        )
        .where(Question.theme_id == theme.id)
        .limit(1)
    )
    if session.scalar(held) is not None:
        raise RuleBroken("theme-common", 409)


def spread(session: Session, question: Question, values: Mapping[str, Any]) -> int:
    """Give the editions the new words of a question; return how many ask it.

    Raises options-fixed (409) when options change that people of an edition answered.
    """
    shared = select(CommonQuestion.question_id).where(CommonQuestion.source_id == question.id)
    held = session.scalars(
        select(Question)
        .where(Question.id.in_(shared))
        .order_by(Question.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    if any(one.options != values["options"] for one in held):
        ids = [one.id for one in held]
        count = select(func.count()).where(Statement.question_id.in_(ids))
        if session.scalar(count):
            raise RuleBroken("options-fixed", 409)
    if held:
        session.execute(
            update(Question).where(Question.id.in_([one.id for one in held])).values(**values)
        )
    return len(held)
