"""Following a text, an answer or a proposal: what is written under it, what becomes of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal, select

from ...domain.kinds import N_
from ...models import Consultation, Outcome, Statement, Theme
from .. import consultations, statements
from . import _rows

RANK = 10
LABEL = N_("Text")
LABELS = {
    "outcome": N_("The organiser has answered"),
    "version": N_("The text has a new version"),
    "comment": N_("New comment"),
    "argument": N_("New argument"),
    "source": N_("New source"),
    "amendment": N_("New amendment"),
}
FOLLOWED = ("answer", "proposal")


def named(keys: Sequence[str], reader: consultations.Reader, now: datetime) -> _rows.Rows:
    """Select the title, the path and the time zone of a published text."""
    return (
        select(
            Statement.id.label("key"),
            _rows.short_title().label("title"),
            (literal("/") + Statement.kind + literal("s/") + Statement.id).label("path"),
            Consultation.time_zone.label("time_zone"),
        )
        .join(Consultation, Consultation.id == Statement.consultation_id)
        .outerjoin(Theme, Theme.id == Statement.theme_id)
        .where(
            Statement.id.in_(keys),
            Statement.kind.in_(FOLLOWED),
            statements.PUBLISHED,
            statements.is_visible(reader, None, now),
        )
    )


def news(key: str, window: _rows.Window) -> list[Any]:
    """Return the selects of what happened to a text."""
    path = literal("/") + Statement.kind + literal("s/") + Statement.id
    version = _rows.row(
        "version",
        literal("version:") + Statement.id,
        Statement.updated_at,
        func.substr(Statement.body, 1, _rows.EXCERPT),
        path,
    ).where(
        Statement.id == key,
        Statement.version > 1,
        statements.PUBLISHED,
        window.holds(Statement.updated_at),
        window.is_others(Statement.participant_id),
    )
    return [
        _rows.outcomes(window, Outcome.statement_id == key),
        version,
        _rows.texts(window, Statement.parent_id == key),
    ]
