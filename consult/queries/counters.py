"""Recounts: what the counters kept by the database should say."""

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from ..models import AnswerQuestion, Consultation, Question, Stance, Statement

PUBLISHED = Statement.state == "published"


def wrong_stances() -> Select[str]:
    """Statements whose opinions counted differ from the opinions held."""
    held = (
        select(
            Stance.statement_id.label("id"),
            func.sum(case((Stance.value == 1, 1), else_=0)).label("agree"),
            func.sum(case((Stance.value == 0, 1), else_=0)).label("mixed"),
            func.sum(case((Stance.value == -1, 1), else_=0)).label("disagree"),
        )
        .group_by(Stance.statement_id)
        .subquery()
    )
    return (
        select(Statement.id)
        .outerjoin(held, held.c.id == Statement.id)
        .where(
            or_(
                Statement.agree != func.coalesce(held.c.agree, 0),
                Statement.mixed != func.coalesce(held.c.mixed, 0),
                Statement.disagree != func.coalesce(held.c.disagree, 0),
            )
        )
    )


def wrong_replies() -> Select[str]:
    """Statements whose counted replies differ from the published ones."""
    child = aliased(Statement)
    held = (
        select(
            child.parent_id.label("id"),
            func.count().label("replies"),
            func.sum(case((child.kind == "comment", 1), else_=0)).label("comments"),
            func.sum(case((child.kind == "argument", 1), else_=0)).label("arguments"),
            func.sum(case((child.kind == "source", 1), else_=0)).label("sources"),
            func.sum(case((child.kind == "amendment", 1), else_=0)).label("amendments"),
        )
        .where(child.state == "published", child.parent_id.is_not(None))
        .group_by(child.parent_id)
        .subquery()
    )
    names = ("replies", "comments", "arguments", "sources", "amendments")
    return (
        select(Statement.id)
        .outerjoin(held, held.c.id == Statement.id)
        .where(or_(*(getattr(Statement, n) != func.coalesce(getattr(held.c, n), 0) for n in names)))
    )


def wrong_questions() -> Select[str]:
    """Questions whose counted answers differ from the published ones addressed to them."""
    further = (
        select(func.count())
        .select_from(AnswerQuestion)
        .join(Statement, Statement.id == AnswerQuestion.statement_id)
        .where(
            AnswerQuestion.question_id == Question.id,
            PUBLISHED,
            or_(Statement.question_id.is_(None), Statement.question_id != Question.id),
        )
        .scalar_subquery()
    )
    direct = (
        select(func.count())
        .select_from(Statement)
        .where(Statement.question_id == Question.id, Statement.kind == "answer", PUBLISHED)
        .scalar_subquery()
    )
    return select(Question.id).where(Question.answers != direct + further)


def wrong_consultations() -> Select[str]:
    """Consultations whose counted answers or proposals differ from the published ones."""

    def held(kind: str) -> Select[int]:
        return (
            select(func.count())
            .select_from(Statement)
            .where(
                and_(
                    Statement.consultation_id == Consultation.id, Statement.kind == kind, PUBLISHED
                )
            )
        )

    return select(Consultation.id).where(
        or_(
            Consultation.answers != held("answer").scalar_subquery(),
            Consultation.proposals != held("proposal").scalar_subquery(),
        )
    )


RECOUNTS = {
    "opinions": wrong_stances,
    "replies": wrong_replies,
    "answers to questions": wrong_questions,
    "answers and proposals of consultations": wrong_consultations,
}
