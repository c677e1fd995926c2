"""Who took part in a consultation: numbers by question, slot of time, territory and channel."""

from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.functions import GenericFunction

from ..models import Consultation, Contribution, Question, Statement, Territory, Theme
from . import territories

Rows = Select[*tuple[Any, ...]]

COUNTED = ("answer", "proposal")
WIDE = ("R-", "A-", "G-")
REGION, DEPARTMENT, GIVEN = LEVELS = ("region", "department", "given")


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


def usual_level(territory_code: str | None) -> str:
    """Return the level at which a consultation is best read, from its own territory."""
    if territory_code is None or territory_code == territories.COUNTRY:
        return REGION
    return DEPARTMENT if territory_code.startswith(WIDE) else GIVEN


def by_territory(consultation: Consultation, level: str | None = None) -> Rows:
    """Select each territory of a level with its number of texts: (code, name, number).

    A text counts for the territory of that level that it lies in, and for its own when that is
    wider. Those of the consultation's territory that nobody wrote from come with zero, and the
    texts that say no territory with a code that is null.
    """
    level = level or usual_level(consultation.territory_code)
    lower, upper = aliased(Territory), aliased(Territory)
    of_level = place(level, lower, upper)
    held = (
        select(of_level.label("territory_code"), func.count().label("number"))
        .select_from(Statement)
        .outerjoin(lower, lower.code == Statement.territory_code)
        .outerjoin(upper, upper.code == lower.parent_code)
        .where(_counted(consultation.id))
        .group_by(of_level)
        .subquery()
    )
    number = func.coalesce(held.c.number, 0)
    named = (
        select(Territory.code, Territory.name, number)
        .outerjoin(held, held.c.territory_code == Territory.code)
        .where(expected(level, consultation.territory_code) | (number > 0))
    )
    unsaid = select(cast(None, String), cast(None, String), held.c.number).where(
        held.c.territory_code.is_(None)
    )
    both = named.union_all(unsaid).subquery()
    return select(both).order_by(both.c[2].desc(), both.c[1], both.c[0])


def place(level: str, lower: Any, upper: Any) -> ColumnElement[Any]:
    """Return the territory that counts a text at a level."""
    own = Statement.territory_code.expression
    if level == GIVEN:
        return own
    in_leaf = lower.kind.in_(territories.LEAVES)
    if level == DEPARTMENT:
        return case((in_leaf, lower.parent_code), else_=own)
    overseas = case((upper.kind == "collectivity", upper.code), else_=upper.parent_code)
    in_region = lower.kind.in_(("department", territories.FORMER))
    return case((in_leaf, overseas), (in_region, lower.parent_code), else_=own)


def expected(level: str, code: str | None) -> ColumnElement[bool]:
    """Tell which territories of a level a consultation would hear from."""
    if level == GIVEN:
        return and_(
            Territory.parent_code == code,
            Territory.kind.not_in((territories.COMMUNE, territories.FORMER)),
        )
    of_level = Territory.kind.in_((level, "collectivity"))
    if code is None or code == territories.COUNTRY:
        return of_level
    return and_(of_level, Territory.code.in_(territories.within(code)))


def by_channel(consultation_id: str) -> Rows:
    """Select each channel with its number of texts."""
    return (
        select(Statement.channel, func.count())
        .where(_counted(consultation_id))
        .group_by(Statement.channel)
        .order_by(func.count().desc(), Statement.channel)
    )


def by_college(consultation_id: str) -> Rows:
    """Select each kind of author with its number of texts; the kind is null when it is not said."""
    return (
        select(Statement.actor_kind, func.count())
        .where(_counted(consultation_id))
        .group_by(Statement.actor_kind)
        .order_by(func.count().desc(), func.coalesce(Statement.actor_kind, ""))
    )


def _counted(consultation_id: str) -> ColumnElement[bool]:
    return and_(
        Statement.consultation_id == consultation_id,
        Statement.kind.in_(COUNTED),
        Statement.state == "published",
    )
