"""Published syntheses: their frozen versions, the highest number first."""

from datetime import datetime

from sqlalchemy import Select, select

from ..models import Consultation, Synthesis, SynthesisVersion
from .consultations import Reader, is_visible
from .syntheses import whole


def version(
    slug: str, *, reader: Reader, now: datetime, number: int | None = None
) -> Select[SynthesisVersion]:
    """Select a version of a synthesis that a reader may know of: this one, or the last."""
    found = any_version(slug, number)
    known = found.join(Consultation, Consultation.id == Synthesis.consultation_id)
    return known.where(is_visible(reader, now))


def any_version(slug: str, number: int | None = None) -> Select[SynthesisVersion]:
    """Select a version of a synthesis, the last one by default, whoever may know of it."""
    query = whole(slug).limit(1)
    return query if number is None else query.where(SynthesisVersion.number == number)


def of_consultation(consultation_id: str) -> Select[SynthesisVersion]:
    """Select the last version of the synthesis of a consultation."""
    return (
        select(SynthesisVersion)
        .join(Synthesis, Synthesis.id == SynthesisVersion.synthesis_id)
        .where(Synthesis.consultation_id == consultation_id)
        .order_by(SynthesisVersion.number.desc())
        .limit(1)
    )


def keys() -> Select[str]:
    """Select the identifier of every version."""
    return select(SynthesisVersion.id).order_by(SynthesisVersion.id)


def every() -> Select[SynthesisVersion]:
    """Select every version."""
    return select(SynthesisVersion).order_by(SynthesisVersion.id)
