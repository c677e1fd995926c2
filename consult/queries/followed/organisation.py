"""Following an organisation: the answers signed for it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import literal, select

from ...domain.kinds import N_
from ...models import Consultation, Organisation, Statement, Theme
from .. import consultations, statements
from . import _rows

RANK = 30
LABEL = N_("Organisation")
LABELS = {"answer": N_("New answer")}


def named(keys: Sequence[str], reader: consultations.Reader, now: datetime) -> _rows.Rows:
    """Select the name and the path of an organisation that a reader sees an answer of."""
    signed = (
        select(Statement.id)
        .join(Consultation, Consultation.id == Statement.consultation_id)
        .outerjoin(Theme, Theme.id == Statement.theme_id)
        .where(
            Statement.organisation_id == Organisation.id,
            Statement.kind == "answer",
            statements.PUBLISHED,
            statements.is_visible(reader, None, now),
        )
    )
    return select(
        Organisation.id.label("key"),
        Organisation.name.label("title"),
        (literal("/organisations/") + Organisation.slug).label("path"),
        literal("").label("time_zone"),
    ).where(Organisation.id.in_(keys), signed.correlate(Organisation).exists())


def news(key: str, window: _rows.Window) -> list[Any]:
    """Return the selects of what was signed for an organisation."""
    return [_rows.texts(window, Statement.organisation_id == key, Statement.kind == "answer")]
