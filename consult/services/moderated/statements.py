"""Texts of consultations: held by their rows, changed if they still are what was read."""

import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ...models import Statement
from ...queries import moderation as queues
from ...queries.moderated import statements as queries
from ._held import Held, Move

ASKS, NAME = queries, "statement"


def hold(session: Session, ids: Sequence[str], by: queues.Moderator) -> dict[str, Held]:
    """Read again the texts that someone may decide about, and hold them until the end."""
    query = (
        select(Statement, queries.role_here(by), queries.room_of())
        .where(Statement.id.in_(ids), queries.in_reach(by))
        .order_by(Statement.id)
        .with_for_update(of=Statement)
        .execution_options(populate_existing=True)
    )
    this = sys.modules[__name__]
    return {row[0].id: Held(*row, this) for row in session.execute(query)}


def claim(session: Session, item: Statement) -> None:
    """Read a text again, and keep it as it is until the end."""
    session.refresh(item, with_for_update=True)


def state_of(item: Statement) -> str:
    """Return the state of a text."""
    return item.state


def reason_of(item: Statement) -> str:
    """Return why a text is in its state."""
    return item.state_reason


def published_at(item: Statement) -> datetime | None:
    """Return since when a text is public."""
    return item.published_at


def move(session: Session, item: Statement, move: Move) -> bool:
    """Change the state of a text; false when it is no longer what was read."""
    done: Any = session.execute(
        update(Statement)
        .where(Statement.id == item.id, Statement.state == move.was, *move.conditions)
        .values(state=move.becomes, state_reason=move.reason, published_at=move.published_at)
        .execution_options(synchronize_session=False)
    )
    session.refresh(item)
    return bool(done.rowcount == 1)
