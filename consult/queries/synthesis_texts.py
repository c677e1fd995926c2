"""What a synthesis is begun from: themes and questions, the texts worth reading first, figures."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, not_, or_, select

from ..models import Outcome, Question, Statement, Theme
from . import statements, written

Rows = Select[*tuple[Any, ...]]
POOL = 50
TEXTS = ("answer", "proposal")


def outline(consultation_id: str, now: datetime) -> Rows:
    """Select the themes that people see, each with its questions and what was said of each."""
    return (
        select(
            Theme.id.label("theme_id"),
            Theme.title.label("theme"),
            Question,
            Outcome.verdict,
            Outcome.body.label("reply"),
        )
        .outerjoin(Question, Question.theme_id == Theme.id)
        .outerjoin(Outcome, and_(Outcome.question_id == Question.id, Outcome.created_at <= now))
        .where(Theme.consultation_id == consultation_id, Theme.hidden.is_(False))
        .order_by(Theme.position, Theme.number, Question.number)
    )


def best(consultation_id: str, now: datetime) -> Rows:
    """Select the texts most supported of each question and, outside questions, of each theme."""
    return _first(consultation_id, now, Statement.score.desc())


def divided(consultation_id: str, now: datetime) -> Rows:
    """Select the texts of each place with the most people on their weaker side."""
    agree = Statement.agree + Statement.declared_agree
    disagree = Statement.disagree + Statement.declared_disagree
    weaker = case((agree < disagree, agree), else_=disagree)
    return _first(consultation_id, now, weaker.desc(), weaker > 0)


def values(question_id: str) -> Select[Any]:
    """Select the values of the published answers to a question."""
    return (
        select(Statement.value)
        .where(
            Statement.question_id == question_id,
            Statement.kind == "answer",
            Statement.state == "published",
        )
        .order_by(Statement.id)
    )


def sent(consultation_id: str) -> Rows:
    """Select how many people answered, how many texts of theirs, and how many opinions on these.

    The texts are those that the reading counts, so that a synthesis says one number of them;
    `ticked` are the answers without words, `first` the answers and proposals of both sorts.
    """
    agree, mixed, disagree, _score = statements.COUNTS
    is_text = written.is_text(consultation_id)
    return select(
        func.count().filter(is_text).label("texts"),
        func.count().filter(Statement.kind == "answer", not_(is_text)).label("ticked"),
        func.count().filter(Statement.kind.in_(TEXTS)).label("first"),
        func.count(func.distinct(Statement.participant_id)).label("people"),
        func.coalesce(func.sum(agree.element + mixed.element + disagree.element), 0).label(
            "opinions"
        ),
    ).where(*_public(consultation_id))


def actors(consultation_id: str) -> Rows:
    """Select how many texts each kind of actor sent, of those that the reading counts."""
    return (
        select(Statement.actor_kind, func.count().label("number"))
        .where(*_public(consultation_id), written.is_text(consultation_id))
        .group_by(Statement.actor_kind)
        .order_by(Statement.actor_kind)
    )


def _public(consultation_id: str) -> list[ColumnElement[bool]]:
    """Return what tells the texts of a consultation that anyone reads."""
    hidden = select(Theme.id).where(Theme.consultation_id == consultation_id, Theme.hidden)
    return [
        Statement.consultation_id == consultation_id,
        Statement.state == "published",
        or_(Statement.theme_id.is_(None), Statement.theme_id.not_in(hidden)),
    ]


def _first(consultation_id: str, now: datetime, order: Any, *more: ColumnElement[bool]) -> Rows:
    place = func.row_number().over(
        partition_by=(Statement.kind, Statement.theme_id, Statement.question_id),
        order_by=(order, Statement.id),
    )
    ranked = (
        select(Statement.id, place.label("place"))
        .where(*_public(consultation_id), Statement.kind.in_(TEXTS), Statement.body != "", *more)
        .subquery()
    )
    return (
        select(
            Statement.id,
            Statement.kind,
            Statement.theme_id,
            Statement.question_id,
            Statement.title,
            Statement.body,
            *statements.COUNTS,
            Outcome.verdict,
            Outcome.body.label("reply"),
        )
        .join(ranked, ranked.c.id == Statement.id)
        .outerjoin(Outcome, and_(Outcome.statement_id == Statement.id, Outcome.created_at <= now))
        .where(ranked.c.place <= POOL)
        .order_by(Statement.id)
    )
