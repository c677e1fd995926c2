"""What a helper chooses from: the questions open now."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from ..domain import phases
from ..models import Consultation, Question, Territory, Theme
from . import consultations

MOST = 500
Rows = Select[*tuple[Any, ...]]


def open_questions(reader: consultations.Reader, now: datetime) -> Rows:
    """Select the questions of the open consultations that the reader may know of."""
    return (
        select(
            Question.id,
            Question.number,
            Question.wording,
            Theme.label.label("theme_label"),
            Consultation.id.label("consultation_id"),
            Consultation.title,
            Territory.name.label("territory"),
        )
        .join(Theme, Theme.id == Question.theme_id)
        .join(Consultation, Consultation.id == Question.consultation_id)
        .outerjoin(Territory, Territory.code == Consultation.territory_code)
        .where(
            consultations.matching(reader, now, consultations.Filters(phase=phases.OPEN)),
            Theme.hidden.is_(False),
        )
        .order_by(
            Consultation.published_at.desc(), Consultation.id, Theme.position, Question.number
        )
        .limit(MOST)
    )
