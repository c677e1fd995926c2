"""Which sides people take in each theme, and which ones the notebook quotes."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import aliased

from ..domain import positions, stances
from ..models import Extract, Stance, Statement, SynthesisBlock
from . import readings
from .reading_notes import person

Rows = Select[*tuple[Any, ...]]
_parent, _above = aliased(Statement), aliased(Statement)


def quoted(synthesis_id: str) -> Rows:
    """Select the blocks of a synthesis in order, each with a side that it quotes, or none."""
    extracts = (
        select(Extract.block_id, _side().label("side"))
        .join(Statement, Statement.id == Extract.statement_id)
        .outerjoin(_parent, _parent.id == Statement.parent_id)
        .outerjoin(Stance, _own())
        .where(Extract.contested_at.is_(None), Statement.state == "published")
        .distinct()
        .subquery()
    )
    return (
        select(
            SynthesisBlock.id,
            SynthesisBlock.kind,
            SynthesisBlock.title,
            SynthesisBlock.theme_id,
            extracts.c.side,
        )
        .outerjoin(extracts, extracts.c.block_id == SynthesisBlock.id)
        .where(SynthesisBlock.synthesis_id == synthesis_id)
        .order_by(SynthesisBlock.position, SynthesisBlock.id, extracts.c.side)
    )


def taken(consultation_id: str) -> Rows:
    """Select how many people take each side in each theme."""
    side, people = _side(), func.count(func.distinct(person()))
    return _in_themes(consultation_id, side.label("side"), people.label("people")).group_by(
        _theme(), side
    )


def everyone(consultation_id: str) -> Rows:
    """Select how many people wrote in each theme."""
    people = func.count(func.distinct(person()))
    return _in_themes(consultation_id, people.label("people")).group_by(_theme())


def _in_themes(consultation_id: str, *columns: ColumnElement[Any]) -> Rows:
    return (
        select(_theme().label("theme_id"), *columns)
        .select_from(Statement)
        .outerjoin(_parent, _parent.id == Statement.parent_id)
        .outerjoin(_above, _above.id == _parent.parent_id)
        .outerjoin(Stance, _own())
        .where(readings.is_counted(consultation_id), Statement.state == "published")
        .order_by(_theme())
    )


def _theme() -> ColumnElement[Any]:
    return func.coalesce(Statement.theme_id, _parent.theme_id, _above.theme_id)


def _own() -> ColumnElement[bool]:
    """Join a text to what its author thinks of the answer or the proposal just above it."""
    return and_(
        Stance.statement_id == _parent.id,
        Stance.participant_id == Statement.participant_id,
        _parent.kind.in_(("answer", "proposal")),
    )


def _side() -> ColumnElement[Any]:
    told = case(
        (Stance.value == stances.CODES[stances.AGREE], positions.FOR),
        (Stance.value == stances.CODES[stances.DISAGREE], positions.AGAINST),
    )
    return func.coalesce(Statement.side, told)
