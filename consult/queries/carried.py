"""Texts brought over: what a text comes from, and what was made of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from ..models import Consultation, Statement
from . import consultations, statements

MOST = 20


def made_of(statement_id: str) -> Select[str]:
    """Select the ids of the texts made of a text: brought over, or cut from it."""
    return (
        select(Statement.id)
        .where(Statement.carried_from_id == statement_id)
        .order_by(Statement.id)
        .limit(MOST)
    )


def shown(
    ids: Sequence[str],
    reader: consultations.Reader,
    participant_id: str | None,
    now: datetime,
) -> Select[*tuple[Any, ...]]:
    """Select those of these texts that the reader may know of, with their consultations."""
    return (
        statements.visible_to(reader, participant_id, now)
        .with_only_columns(
            Statement.id, Statement.kind, Statement.consultation_id, Consultation.title
        )
        .where(Statement.id.in_(ids), Statement.kind.in_(("answer", "proposal")))
        .order_by(Statement.id)
    )
