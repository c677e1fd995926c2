"""The pictures of syntheses: for whoever may know of one, where a published version shows it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from ..models import Consultation, Picture, Synthesis, SynthesisBlock, SynthesisVersion
from .consultations import Reader, is_visible

Rows = Select[*tuple[Any, ...]]


def known(slug: str, picture_id: str, reader: Reader, now: datetime) -> Rows:
    """Select a picture of a synthesis that a reader may know of, and whether it is published."""
    shown = select(SynthesisVersion.id).where(
        SynthesisVersion.synthesis_id == Synthesis.id,
        SynthesisVersion.content.contains(f'/pictures/{picture_id}"', autoescape=True),
    )
    return (
        select(Picture, Consultation, shown.exists().label("is_published"))
        .join(Synthesis, Synthesis.id == Picture.synthesis_id)
        .join(Consultation, Consultation.id == Synthesis.consultation_id)
        .where(Picture.id == picture_id, Synthesis.slug == slug, is_visible(reader, now))
    )


def of_blocks(synthesis_id: str) -> Select[Picture]:
    """Select the pictures of a synthesis that has illustrations."""
    held = select(SynthesisBlock.id).where(
        SynthesisBlock.synthesis_id == synthesis_id, SynthesisBlock.kind == "illustration"
    )
    query = select(Picture).where(Picture.synthesis_id == synthesis_id, held.exists())
    return query.order_by(Picture.id)
