"""What comes next in the reading of a consultation: a few texts, found by their keys."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, select, tuple_
from sqlalchemy.orm import aliased

from ..models import (
    Extract,
    GroupedStatement,
    ReadingHold,
    Statement,
    StatementReading,
    Synthesis,
    SynthesisBlock,
)
from .readings import ORDER, Filters, is_counted, narrowed

Rows = Select[*tuple[Any, ...]]


def unread(
    consultation_id: str,
    filters: Filters,
    kind: str,
    *,
    by: str,
    now: datetime,
    after: Sequence[Any] | None = None,
) -> Select[str]:
    """Select the texts of a kind that nobody has read nor reads now, the oldest first.

    `after` are the instant and the id of a text: only those that come after it.
    """
    query = (
        select(Statement.id)
        .where(
            is_counted(consultation_id),
            Statement.kind == kind,
            Statement.state == "published",
            *narrowed(filters),
            *(~_one(found) for found in _handled(by, now)),
        )
        .order_by(*ORDER)
    )
    return query if after is None else query.where(tuple_(*ORDER) > tuple_(*after))


def _handled(by: str, now: datetime) -> tuple[Rows, ...]:
    """Select what says that a text is not to be given to someone: each by the text's own key."""
    own, leads = Statement.id, aliased(Statement)
    return (
        select(StatementReading.statement_id).where(
            StatementReading.statement_id == own, StatementReading.version == Statement.version
        ),
        select(GroupedStatement.statement_id)
        .join(
            leads,
            and_(
                leads.id == GroupedStatement.leader_id,
                leads.version == GroupedStatement.leader_version,
                leads.state == "published",
            ),
        )
        .where(GroupedStatement.statement_id == own, GroupedStatement.version == Statement.version),
        select(Extract.id)
        .join(SynthesisBlock, SynthesisBlock.id == Extract.block_id)
        .join(Synthesis, Synthesis.id == SynthesisBlock.synthesis_id)
        .where(Extract.statement_id == own, Synthesis.consultation_id == Statement.consultation_id),
        select(ReadingHold.statement_id).where(
            ReadingHold.statement_id == own, ReadingHold.until > now, ReadingHold.account_id != by
        ),
    )


def _one(found: Rows) -> ColumnElement[bool]:
    """Tell whether there is one, looked up for each text in turn.

    The offset keeps PostgreSQL from reading both tables whole: a few texts are asked for.
    """
    return exists(found.offset(0))
