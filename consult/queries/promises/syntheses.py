"""The synthesis of a consultation, promised by the date that its page gives.

The promise is kept on the day of the first published version.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, literal, select

from ...domain.kinds import N_
from ...models import Consultation, Synthesis, SynthesisVersion
from .. import consultations

LABEL = N_("What people answered, summed up")


def rows(now: datetime) -> Select[*tuple[Any, ...]]:
    """Select each public consultation that gives a date for its synthesis."""
    given = (
        select(func.min(SynthesisVersion.published_at))
        .join(Synthesis, Synthesis.id == SynthesisVersion.synthesis_id)
        .where(Synthesis.consultation_id == Consultation.id)
        .correlate(Consultation)
        .scalar_subquery()
    )
    return select(
        Consultation.id.label("id"),
        Consultation.asked_by.label("institution"),
        Consultation.title.label("title"),
        (literal("/consultations/") + Consultation.slug).label("path"),
        Consultation.time_zone.label("time_zone"),
        Consultation.synthesis_at.label("due_at"),
        given.label("given_at"),
    ).where(
        consultations.is_public(now),
        Consultation.synthesis_at.is_not(None),
        Consultation.asked_by != "",
    )
