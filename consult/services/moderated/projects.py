"""Projects of open calls: held with their call, whose count of public projects follows."""

import sys
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ...models import OpenCall, Project
from ...queries import moderation as queues
from ...queries.moderated import projects as queries
from .. import projects
from ._held import Held, Move

ASKS, NAME = queries, "project"


def hold(session: Session, ids: Sequence[str], by: queues.Moderator) -> dict[str, Held]:
    """Read again the projects that someone may decide about, and hold them until the end.

    Their calls first: whoever changes a project holds its call before it.
    """
    calls = select(Project.call_id).where(Project.id.in_(ids))
    held = select(OpenCall.id).where(OpenCall.id.in_(calls)).order_by(OpenCall.id)
    if not session.execute(held.with_for_update(of=OpenCall)).all():
        return {}
    query = (
        select(Project, queries.role_here(by), queries.room_of())
        .where(Project.id.in_(ids), queries.in_reach(by))
        .order_by(Project.id)
        .with_for_update(of=Project)
        .execution_options(populate_existing=True)
    )
    this = sys.modules[__name__]
    return {row[0].id: Held(*row, this) for row in session.execute(query)}


def claim(session: Session, item: Project) -> None:
    """Read a project and its call again, and keep them as they are until the end."""
    projects.hold(session, _call_of(session, item), item)


def state_of(item: Project) -> str:
    """Return what whoever moderates made of a project; of one that is not sent, its own state."""
    return item.moderation if item.state == "submitted" else item.state


def reason_of(item: Project) -> str:
    """Return why a project is in its state."""
    return item.moderation_reason


def published_at(item: Project) -> None:
    """Return nothing: a project is public since it was sent."""


def move(session: Session, item: Project, move: Move) -> bool:
    """Change the state of a project; false when it is no longer what was read."""
    done: Any = session.execute(
        update(Project)
        .where(
            Project.id == item.id,
            Project.state == "submitted",
            Project.moderation == move.was,
            *move.conditions,
        )
        .values(moderation=move.becomes, moderation_reason=move.reason)
        .execution_options(synchronize_session=False)
    )
    session.refresh(item)
    projects.recount(session, _call_of(session, item))
    return bool(done.rowcount == 1)


def _call_of(session: Session, item: Project) -> OpenCall:
    return session.get_one(OpenCall, item.call_id)
