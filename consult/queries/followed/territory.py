"""Following a territory: the new consultations for the people who live there."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal, select

from ...domain.kinds import N_
from ...models import Consultation, Territory
from .. import consultations
from . import _rows

RANK = 50
LABEL = N_("Territory")
LABELS = {"consultation": N_("New consultation")}


def named(keys: Sequence[str], reader: consultations.Reader, now: datetime) -> _rows.Rows:
    """Select the name, the path and the time zone of a territory, which anyone may know of."""
    return select(
        Territory.code.label("key"),
        Territory.name.label("title"),
        (literal("/territories/") + Territory.code).label("path"),
        Territory.time_zone.label("time_zone"),
    ).where(Territory.code.in_(keys))


def news(key: str, window: _rows.Window) -> list[Any]:
    """Return the select of the consultations published for a territory, what is around and in."""
    at = Consultation.published_at
    purpose = func.substr(Consultation.purpose, 1, _rows.EXCERPT)
    near = consultations.matching(window.reader, window.now, consultations.Filters(near=key))
    query = _rows.row(
        "consultation",
        Consultation.id,
        at,
        purpose,
        _rows.consultation_path(),
        Consultation.title,
    )
    query = query.where(near, window.holds(at))
    return [query.order_by(at.desc(), Consultation.id.desc()).limit(_rows.MOST + 1)]
