"""What programs read: the published texts of a consultation, whole, and the question of an id."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import aliased

from ..models import (
    AnswerQuestion,
    Consultation,
    Outcome,
    Question,
    Statement,
    Territory,
    TerritoryMember,
    Theme,
)
from . import consultations, paging, statements, territories

Rows = Select[*tuple[Any, ...]]
CHILDREN = ("amendment", "argument", "source", "comment")
WHOLE = (
    Statement.body.label("text"),
    Statement.territory_code,
    Theme.number.label("theme_number"),
    Question.number.label("question_number"),
)


def texts(scope: statements.Scope, *, cursor: str | None = None, limit: int = paging.SIZE) -> Rows:
    """Select one page, and one row more, of the texts of a consultation, the newest first.

    What is said of a text, an argument or an amendment, is listed as long as the text itself is
    shown; it is narrowed to a question by the question of that text.
    """
    if scope.kind not in CHILDREN:
        return _whole(statements.rows(scope, cursor=cursor, limit=limit))
    kept = statements.Scope(
        scope.kind, scope.consultation_id, territories=scope.territories, state=scope.state
    )
    about = select(_parent.id).where(*_is_shown(scope))
    query = statements.rows(kept, cursor=cursor, limit=limit)
    return _whole(query.where(Statement.parent_id.in_(about)))


def question(question_id: str, reader: consultations.Reader, now: datetime) -> Rows:
    """Select a question by its identifier, with its consultation, if the reader may know of it."""
    return (
        select(Question, Consultation)
        .join(Theme, Theme.id == Question.theme_id)
        .join(Consultation, Consultation.id == Question.consultation_id)
        .where(
            Question.id == question_id,
            Theme.hidden.is_(False),
            consultations.is_visible(reader, now),
        )
    )


def question_id(consultation_id: str, name: str) -> Select[str]:
    """Select the identifier of a visible question from itself, or from its two numbers, 3-2."""
    theme, dash, number = name.partition("-")
    if dash and theme.isdecimal() and number.isdecimal():
        named = and_(Theme.number == int(theme), Question.number == int(number))
    else:
        named = Question.id == name
    return (
        select(Question.id)
        .join(Theme, Theme.id == Question.theme_id)
        .where(Question.consultation_id == consultation_id, Theme.hidden.is_(False), named)
    )


def places(
    parent: str | None,
    kind: str | None,
    words: str | None = None,
    *,
    cursor: str | None = None,
    limit: int = paging.SIZE,
) -> Select[Territory]:
    """Select one page, and one row more, of the territories, in the order of their codes."""
    query = select(Territory)
    if parent is not None:
        grouped = select(TerritoryMember.member_code).where(TerritoryMember.group_code == parent)
        query = query.where(or_(Territory.parent_code == parent, Territory.code.in_(grouped)))
    if kind is not None:
        query = query.where(territories.of_kind(kind))
    if words:
        query = query.where(territories.named(words))
    return paging.after(
        query,
        (Territory.code,),  # type: ignore[arg-type]
        descending=False,
        cursor_text=cursor,
        limit=limit,
    )


def inside(code: str | None) -> Select[str] | None:
    """Select the codes a list is narrowed to; None for all."""
    return None if code is None else territories.within(code)


_parent = aliased(Statement)


def _whole(query: Select[Any]) -> Rows:
    return (
        query.outerjoin(Theme, Theme.id == Statement.theme_id)
        .outerjoin(Question, Question.id == Statement.question_id)
        .add_columns(
            *WHOLE,
            select(Outcome.verdict)
            .where(Outcome.statement_id == Statement.id)
            .scalar_subquery()
            .label("verdict"),
        )
    )


def _is_shown(scope: statements.Scope) -> list[Any]:
    hidden = select(Theme.id).where(Theme.hidden, Theme.consultation_id == scope.consultation_id)
    found = [
        _parent.consultation_id == scope.consultation_id,
        _parent.state == "published",
        or_(_parent.theme_id.is_(None), _parent.theme_id.not_in(hidden)),
    ]
    if scope.question_id is not None:
        also = select(AnswerQuestion.statement_id).where(
            AnswerQuestion.question_id == scope.question_id
        )
        found.append(or_(_parent.question_id == scope.question_id, _parent.id.in_(also)))
    return found
