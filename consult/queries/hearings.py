"""Hearings: those of a synthesis, the one that a published version quotes."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from ..models import Consultation, Extract, Hearing, Synthesis, SynthesisVersion
from .consultations import Reader, is_visible

Rows = Select[*tuple[Any, ...]]


def of_synthesis(synthesis_id: str) -> Rows:
    """Select the hearings of a synthesis, the latest first, with their extracts counted."""
    number = select(func.count()).where(Extract.hearing_id == Hearing.id).correlate(Hearing)
    return (
        select(Hearing, number.scalar_subquery().label("extracts"))
        .where(Hearing.synthesis_id == synthesis_id)
        .order_by(Hearing.held_on.desc(), Hearing.id)
    )


def one(synthesis_id: str, hearing_id: str) -> Select[Hearing]:
    """Select a hearing of a synthesis."""
    return select(Hearing).where(Hearing.id == hearing_id, Hearing.synthesis_id == synthesis_id)


def agreed(slug: str, hearing_id: str, reader: Reader, now: datetime) -> Rows:
    """Select someone heard who agrees to be named, with a synthesis that a reader may know of."""
    return (
        select(Hearing, Synthesis, Consultation)
        .join(Synthesis, Synthesis.id == Hearing.synthesis_id)
        .join(Consultation, Consultation.id == Synthesis.consultation_id)
        .where(
            Hearing.id == hearing_id,
            Hearing.agrees,
            Synthesis.slug == slug,
            is_visible(reader, now),
        )
    )


def published_with(hearing_id: str) -> Select[str]:
    """Select the contents of the versions, in force or earlier, that quote a hearing."""
    return _versions(hearing_id).order_by(SynthesisVersion.number.desc())


def in_force_with(hearing_id: str) -> Select[str]:
    """Select the content of the version in force where it quotes a hearing."""
    later = aliased(SynthesisVersion)
    newest = select(func.max(later.number)).where(
        later.synthesis_id == SynthesisVersion.synthesis_id
    )
    return _versions(hearing_id).where(SynthesisVersion.number == newest.scalar_subquery())


def agreeing(hearing_ids: list[str]) -> Select[str]:
    """Select those of some hearings whose speakers agree to be named."""
    query = select(Hearing.id).where(Hearing.id.in_(hearing_ids), Hearing.agrees)
    return query.order_by(Hearing.id)


def _versions(hearing_id: str) -> Select[str]:
    return (
        select(SynthesisVersion.content)
        .join(Hearing, Hearing.synthesis_id == SynthesisVersion.synthesis_id)
        .where(
            Hearing.id == hearing_id,
            SynthesisVersion.content.contains(f'"held":"{hearing_id}"', autoescape=True),
        )
    )
