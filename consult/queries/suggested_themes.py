"""Suggested themes: the texts they are found among, their numbers, what each holds."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import aliased

from ..domain import readings
from ..domain import suggestions as rules
from ..models import Question, Statement, SuggestedTheme, Territory, Theme, ThemedStatement
from . import paging
from .readings import SHORT, is_counted, joined, leader

Rows = Select[*tuple[Any, ...]]
PLACE: tuple[ColumnElement[Any], ...] = (ThemedStatement.place, ThemedStatement.statement_id)  # type: ignore[assignment]


def texts(consultation_id: str, after: str) -> Rows:
    """Select the public texts after an id, with the question or the theme that each is under.

    What hangs on a text is where that text is; what is grouped is told by the leader of its group.
    """
    parent, above = aliased(Statement), aliased(Statement)
    return (
        select(
            Statement.id,
            Statement.version,
            Statement.title,
            Statement.body,
            func.coalesce(Statement.question_id, parent.question_id, above.question_id).label(
                "question_id"
            ),
            func.coalesce(Statement.theme_id, parent.theme_id, above.theme_id).label("theme_id"),
        )
        .select_from(joined())
        .outerjoin(parent, parent.id == Statement.parent_id)
        .outerjoin(above, above.id == parent.parent_id)
        .where(
            is_counted(consultation_id),
            Statement.state == "published",
            leader().is_(None),
            Statement.id > after,
        )
        .order_by(Statement.id)
    )


def of_consultation(consultation_id: str) -> Select[SuggestedTheme]:
    """Select all the suggestions of a consultation, those that were dropped too."""
    return (
        select(SuggestedTheme)
        .where(SuggestedTheme.consultation_id == consultation_id)
        .order_by(SuggestedTheme.id)
    )


def held(consultation_id: str) -> Rows:
    """Select which text is in which suggestion of a consultation."""
    return (
        select(ThemedStatement.suggestion_id, ThemedStatement.statement_id)
        .join(SuggestedTheme, SuggestedTheme.id == ThemedStatement.suggestion_id)
        .where(SuggestedTheme.consultation_id == consultation_id)
        .order_by(ThemedStatement.suggestion_id, ThemedStatement.place)
    )


def counts(consultation_id: str) -> Rows:
    """Select how many texts are in a theme, grouped, in none, hidden: each is one thing only."""
    what = case(
        (Statement.state.in_(readings.REFUSED), rules.HIDDEN),
        (Statement.state != "published", rules.WAITING),
        (leader().is_not(None), rules.GROUPED),
        (ThemedStatement.statement_id.is_not(None), rules.THEMED),
        else_=rules.UNCLASSIFIED,
    ).label("what")
    return (
        select(what, func.count().label("number"))
        .select_from(joined().outerjoin(ThemedStatement.__table__, _same()))
        .where(is_counted(consultation_id))
        .group_by(what)
        .order_by(what)
    )


def listed(consultation_id: str) -> Rows:
    """Select the suggestions with where they are and how many texts each holds now.

    By theme and question, those that people named first, then the largest.
    """
    number = _number(consultation_id)
    own = aliased(Theme)
    theme_of: Any = func.coalesce(Theme.id, own.id)
    named_first = case((SuggestedTheme.state == "kept", 0), else_=1)
    return (
        select(
            SuggestedTheme,
            Question.number.label("question_number"),
            Question.wording,
            func.coalesce(Theme.label, own.label).label("label"),
            func.coalesce(Theme.title, own.title).label("title"),
            number,
        )
        .outerjoin(Question, Question.id == SuggestedTheme.question_id)
        .outerjoin(Theme, Theme.id == Question.theme_id)
        .outerjoin(own, own.id == SuggestedTheme.theme_id)
        .where(SuggestedTheme.consultation_id == consultation_id)
        .order_by(
            func.coalesce(Theme.position, own.position),
            theme_of,
            Question.number,
            named_first,
            number.desc(),
            SuggestedTheme.id,
        )
    )


def _number(consultation_id: str) -> ColumnElement[int]:
    """Count the texts that a suggestion holds now."""
    return (
        select(func.count())
        .select_from(joined().join(ThemedStatement.__table__, _same()))
        .where(
            ThemedStatement.suggestion_id == SuggestedTheme.id,
            is_counted(consultation_id),
            Statement.state == "published",
            leader().is_(None),
        )
        .correlate(SuggestedTheme)
        .scalar_subquery()
    ).label("number")


def members(suggestion_id: str, consultation_id: str, cursor: str | None) -> Rows:
    """Select a page of the texts of a suggestion, the most typical first, and one row more."""
    query = (
        select(
            *SHORT,
            Statement.body.label("whole"),
            ThemedStatement.place,
            Territory.name.label("territory_name"),
        )
        .select_from(joined().join(ThemedStatement.__table__, _same()))
        .outerjoin(Territory, Territory.code == Statement.territory_code)
        .where(
            ThemedStatement.suggestion_id == suggestion_id,
            is_counted(consultation_id),
            Statement.state == "published",
            leader().is_(None),
        )
    )
    return paging.after(query, PLACE, descending=False, cursor_text=cursor)


def chosen(consultation_id: str, keys: Sequence[str]) -> Select[Statement]:
    """Select the texts of a consultation with these ids."""
    return (
        select(Statement)
        .where(Statement.consultation_id == consultation_id, Statement.id.in_(keys))
        .order_by(Statement.id)
    )


def _same() -> ColumnElement[bool]:
    return and_(
        ThemedStatement.statement_id == Statement.id, ThemedStatement.version == Statement.version
    )
