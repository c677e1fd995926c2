"""Who took part in a consultation: numbers by question, slot of time, territory and channel."""

from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from ..models import Consultation, Contribution, Question, Statement, Territory, Theme
from . import territories

Rows = Select[*tuple[Any, ...]]

COUNTED = ("answer", "proposal")
WIDE = ("FR", "R-", "A-")


class ten_minutes(GenericFunction[str]):
    """The first fifteen characters of an instant in UTC: "2026-11-23 09:5"."""

    type = String()
    inherit_cache = True


@compiles(ten_minutes)
def _of_text(element: Any, compiler: Any, **options: Any) -> str:
    """SQLite keeps instants as text, already in UTC."""
    return f"substr({compiler.process(element.clauses, **options)}, 1, 15)"


@compiles(ten_minutes, "postgresql")
def _of_instant(element: Any, compiler: Any, **options: Any) -> str:
    written = compiler.process(element.clauses, **options)
    return f"substr(to_char({written} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), 1, 15)"


def people(consultation_id: str) -> Select[int]:
    """Select how many people sent something."""
    return select(func.count()).where(Contribution.consultation_id == consultation_id)


def by_question(consultation_id: str) -> Rows:
    """Select each question with its number of answers."""
    return (
        select(Theme.label, Question.number, Question.wording, Question.answers)
        .join(Theme, Theme.id == Question.theme_id)
        .where(Question.consultation_id == consultation_id)
        .order_by(Theme.position, Theme.number, Question.number)
    )


def by_slot(consultation_id: str) -> Rows:
    """Select the number of texts in each ten minutes of UTC, from which any zone's days add up."""
    slot = ten_minutes(Statement.created_at)
    return select(slot, func.count()).where(_counted(consultation_id)).group_by(slot).order_by(slot)


def by_territory(consultation: Consultation) -> Rows:
    """Select each territory with its number of texts, those below the consultation's at zero."""
    place = _place(consultation.territory_code)
    held = (
        select(place.label("territory_code"), func.count().label("number"))
        .select_from(Statement)
        .outerjoin(Territory, Territory.code == Statement.territory_code)
        .where(_counted(consultation.id))
        .group_by(place)
        .subquery()
    )
    number = func.coalesce(held.c.number, 0)
    below = and_(
        Territory.parent_code == consultation.territory_code,
        Territory.kind.not_in((territories.COMMUNE, territories.FORMER)),
    )
    named = (
        select(Territory.name, number)
        .outerjoin(held, held.c.territory_code == Territory.code)
        .where(below | (number > 0))
    )
    unsaid = select(cast(None, String), held.c.number).where(held.c.territory_code.is_(None))
    both = named.union_all(unsaid).subquery()
    return select(both).order_by(both.c[1].desc(), both.c[0])


def _place(territory_code: str | None) -> ColumnElement[Any]:
    """Return the territory that counts a text: a wide consultation adds its communes up."""
    if territory_code is not None and not territory_code.startswith(WIDE):
        return Statement.territory_code.expression
    return case(
        (Territory.kind.in_(territories.LEAVES), Territory.parent_code),
        else_=Statement.territory_code,
    )


def by_channel(consultation_id: str) -> Rows:
    """Select each channel with its number of texts."""
    return (
        select(Statement.channel, func.count())
        .where(_counted(consultation_id))
        .group_by(Statement.channel)
        .order_by(func.count().desc(), Statement.channel)
    )


def _counted(consultation_id: str) -> ColumnElement[bool]:
    return and_(
        Statement.consultation_id == consultation_id,
        Statement.kind.in_(COUNTED),
        Statement.state == "published",
    )
