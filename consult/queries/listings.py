"""Lists of answers and proposals: what they can be narrowed to, and what each row carries."""

from typing import Any

from sqlalchemy import CompoundSelect, Select, String, cast, func, literal, null, select, union_all

from ..models import Consultation, Outcome, Question, Stance, Statement, Theme
from . import statements, territories
from .consultations import COUNTED


def rows(
    scope: statements.Scope, participant_id: str | None, *, order: str, cursor: str | None
) -> Select[*tuple[Any, ...]]:
    """Select one page of rows, each with its outcome and with the reader's own opinion."""
    return statements.rows(scope, order=order, cursor=cursor).add_columns(
        select(Outcome.verdict)
        .where(Outcome.statement_id == Statement.id)
        .scalar_subquery()
        .label("verdict"),
        (
            null()
            if participant_id is None
            else select(Stance.value)
            .where(Stance.statement_id == Statement.id, Stance.participant_id == participant_id)
            .scalar_subquery()
        ).label("mine"),
    )


def choices(
    consultation: Consultation, scope: statements.Scope, *, counted: bool
) -> CompoundSelect[*tuple[Any, ...]]:
    """Select what a list can be narrowed to: rows of (what, key, label, number).

    With `counted`, one more row `found` says how many match, no further than one above the bound.
    """
    parts = [
        select(
            literal("theme").label("what"),
            cast(Theme.id, String).label("key"),
            (Theme.label + literal(" ") + Theme.title).label("label"),
            Theme.position.label("number"),
        ).where(Theme.consultation_id == consultation.id, Theme.hidden.is_(False)),
        _territories(consultation.territory_code),
    ]
    if scope.kind == "answer":
        parts.append(_questions(consultation.id))
    if counted:
        found = statements.count(scope, COUNTED).scalar_subquery()
        parts.append(select(literal("found"), literal(""), literal(""), found))
    return union_all(*parts)


def _questions(consultation_id: str) -> Select[*tuple[Any, ...]]:
    name = Theme.label + literal("-") + cast(Question.number, String)
    wording = func.substr(Question.wording, 1, 90)
    return (
        select(
            literal("question"),
            Question.id,
            name + literal(" ") + wording,
            Theme.position * 1_000 + Question.number,
        )
        .join(Theme, Theme.id == Question.theme_id)
        .where(Question.consultation_id == consultation_id, Theme.hidden.is_(False))
    )


def _territories(code: str | None) -> Select[*tuple[Any, ...]]:
    inside = territories.inside(code).subquery()
    return select(literal("territory"), inside.c.code, inside.c.name, literal(0))
