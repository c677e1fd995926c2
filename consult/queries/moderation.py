"""What waits to be read, in full, with what is needed to judge it."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, select
from sqlalchemy.orm import aliased

from ..models import Organisation, Question, Statement, Territory, Theme
from ..models.statements import KINDS

Rows = Select[*tuple[Any, ...]]

COMPARED = 300
STATES = ("pending", "to_correct", "hidden", "published")


def is_in(state: str) -> ColumnElement[bool]:
    """Tell what is in a state, written out so that the index kept for `pending` serves."""
    if state not in STATES:
        raise ValueError(state)
    return literal_column("statement.state") == literal_column(f"'{state}'")


def queue(consultation_id: str, state: str) -> Rows:
    """Select the texts of a state, whole, with their question, theme or what they reply to."""
    parent = aliased(Statement)
    return (
        select(
            Statement.id,
            Statement.kind,
            Statement.state,
            Statement.state_reason,
            Statement.title,
            Statement.body,
            Statement.explanation,
            Statement.side,
            Statement.link,
            Statement.signed_as,
            Statement.signature,
            Statement.function,
            Statement.channel,
            Statement.place,
            Statement.version,
            Statement.created_at,
            Organisation.name.label("organisation_name"),
            Territory.name.label("territory_name"),
            Theme.label.label("theme_label"),
            Theme.title.label("theme_title"),
            Question.wording,
            parent.id.label("parent_id"),
            parent.kind.label("parent_kind"),
            func.coalesce(func.nullif(parent.title, ""), func.substr(parent.body, 1, 120)).label(
                "parent_title"
            ),
        )
        .select_from(Statement)
        .outerjoin(Theme, Theme.id == Statement.theme_id)
        .outerjoin(Question, Question.id == Statement.question_id)
        .outerjoin(Organisation, Organisation.id == Statement.organisation_id)
        .outerjoin(Territory, Territory.code == Statement.territory_code)
        .outerjoin(parent, parent.id == Statement.parent_id)
        .where(Statement.consultation_id == consultation_id, is_in(state))
    )


def words(consultation_id: str, state: str) -> Select[str, str]:
    """Select the stems of the oldest texts of a state, to find those sent several times."""
    return (
        select(Statement.id, Statement.search)
        .where(Statement.consultation_id == consultation_id, is_in(state))
        .order_by(Statement.created_at, Statement.id)
        .limit(COMPARED)
    )


def counts(consultation_id: str) -> Select[str, int]:
    """Select how many texts are in each state that someone may decide about."""
    return (
        select(Statement.state, func.count())
        .where(
            Statement.consultation_id == consultation_id,
            Statement.kind.in_(KINDS),
            Statement.state.in_(("pending", "to_correct", "hidden")),
        )
        .group_by(Statement.state)
    )
