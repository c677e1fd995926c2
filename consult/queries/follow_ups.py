"""The follow-up of a last edition: its synthesis in force, and what was said of its parts since."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from ..models import Consultation, FollowUp, Synthesis, SynthesisVersion
from . import consultations

Rows = Select[*tuple[Any, ...]]


def last_edition(
    consultation_id: str, reader: consultations.Reader | None, now: datetime | None
) -> Rows:
    """Select the synthesis in force of the consultation that one follows: id, slug, title, content.

    For a `reader`, where they may know of that consultation.
    """
    query = (
        select(
            Synthesis.id,
            Synthesis.slug,
            Synthesis.title,
            SynthesisVersion.content,
            Consultation.slug.label("consultation_slug"),
            Consultation.title.label("consultation"),
        )
        .join(Consultation, Consultation.id == Synthesis.consultation_id)
        .join(SynthesisVersion, SynthesisVersion.synthesis_id == Synthesis.id)
        .where(Consultation.id == _followed(consultation_id))
        .order_by(SynthesisVersion.number.desc())
        .limit(1)
    )
    if reader is not None and now is not None:
        return query.where(consultations.is_visible(reader, now))
    return query


def _followed(consultation_id: str) -> Any:
    return (
        select(Consultation.follows_id)
        .where(Consultation.id == consultation_id)
        .correlate(None)
        .scalar_subquery()
    )


def said(consultation_id: str, synthesis_id: str) -> Select[FollowUp]:
    """Select what an edition says of the parts of a synthesis."""
    return (
        select(FollowUp)
        .where(FollowUp.consultation_id == consultation_id, FollowUp.synthesis_id == synthesis_id)
        .order_by(FollowUp.part_id)
    )


def of_synthesis(synthesis_id: str, reader: consultations.Reader, now: datetime) -> Rows:
    """Select what the next editions that a reader may know of say of a synthesis, oldest first."""
    return (
        select(
            FollowUp,
            Consultation.slug,
            Consultation.title,
            Consultation.time_zone,
        )
        .join(Consultation, Consultation.id == FollowUp.consultation_id)
        .where(FollowUp.synthesis_id == synthesis_id, consultations.is_visible(reader, now))
        .order_by(FollowUp.created_at, Consultation.id, FollowUp.part_id)
    )
