"""Following an open call: its end, its projects."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal, select

from ...domain.kinds import N_
from ...models import OpenCall, Project
from .. import consultations
from . import _rows

RANK = 42
LABEL = N_("Open call")
LABELS = {
    "call_cancelled": N_("The call is given up"),
    "project": N_("New project"),
}
PATH = literal("/open-calls/") + OpenCall.slug


def named(keys: Sequence[str], reader: consultations.Reader, now: datetime) -> _rows.Rows:
    """Select the title, the path and the time zone of calls that anyone may read."""
    return select(
        OpenCall.id.label("key"),
        OpenCall.title.label("title"),
        PATH.label("path"),
        OpenCall.time_zone.label("time_zone"),
    ).where(OpenCall.id.in_(keys), OpenCall.published_at.is_not(None))


def news(key: str, window: _rows.Window) -> list[Any]:
    """Return the selects of what happened to a call: given up, projects sent by others."""
    return [_cancelled(key, window), _projects(key, window)]


def _cancelled(key: str, window: _rows.Window) -> _rows.Rows:
    reason = func.substr(OpenCall.cancelled_reason, 1, _rows.EXCERPT)
    name = literal("call_cancelled:") + OpenCall.id
    query = _rows.row("call_cancelled", name, OpenCall.cancelled_at, reason, PATH, OpenCall.title)
    return query.where(OpenCall.id == key, window.holds(OpenCall.cancelled_at))


def _projects(key: str, window: _rows.Window) -> _rows.Rows:
    at, path = Project.submitted_at, literal("/projects/") + Project.id
    for_whom = func.substr(Project.for_whom, 1, _rows.EXCERPT)
    query = _rows.row("project", Project.id, at, for_whom, path, Project.title)
    return (
        query.join(OpenCall, OpenCall.id == Project.call_id)
        .where(
            Project.call_id == key,
            OpenCall.published_at.is_not(None),
            Project.state == "submitted",
            Project.moderation == "published",
            window.holds(at),
        )
        .order_by(at.desc(), Project.id.desc())
        .limit(_rows.MOST + 1)
    )
