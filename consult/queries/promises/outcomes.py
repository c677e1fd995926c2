"""The outcomes of a consultation, promised by the date that its page gives.

The promise is kept on the day that the organiser first says what became of the answers.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, literal, select

from ...domain.kinds import N_
from ...models import Consultation, Outcome
from .. import consultations

LABEL = N_("What became of the answers")


def rows(now: datetime) -> Select[*tuple[Any, ...]]:
    """Select each public consultation that gives a date for its outcomes."""
    given = (
        select(func.min(Outcome.created_at))
        .where(Outcome.consultation_id == Consultation.id)
        .correlate(Consultation)
        .scalar_subquery()
    )
    return select(
        Consultation.id.label("id"),
        Consultation.asked_by.label("institution"),
        Consultation.title.label("title"),
        (literal("/consultations/") + Consultation.slug + literal("#outcomes")).label("path"),
        Consultation.time_zone.label("time_zone"),
        Consultation.outcome_at.label("due_at"),
        given.label("given_at"),
    ).where(
        consultations.is_public(now),
        Consultation.outcome_at.is_not(None),
        Consultation.asked_by != "",
    )
