"""What else a synthesis draws on: other consultations, rooms and what they keep."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..domain.errors import RuleBroken
from ..domain.syntheses import composed
from ..models import (
    Account,
    Consultation,
    Room,
    RoomDocument,
    Statement,
    Synthesis,
    SynthesisSource,
    SynthesisVersion,
    new_id,
)
from ..queries import consultations
from ..queries import synthesis_sources as queries
from . import inserting, syntheses, taken_back

MOST = 50


def add(
    session: Session,
    synthesis: Synthesis,
    source: Consultation | Room,
    *,
    account: Account,
    now: datetime,
) -> SynthesisSource:
    """Let a synthesis draw on another consultation, or on what a room keeps.

    What it quotes is read by everyone: source-private (409) for what only some people read. Raises
    source-itself, source-already and sources-too-many (409).
    """
    syntheses.claim(session, synthesis)
    if source.id == synthesis.consultation_id:
        raise RuleBroken("source-itself", 409)
    if not _is_public(session, source, now):
        raise RuleBroken("source-private", 409)
    held = select(func.count()).where(SynthesisSource.synthesis_id == synthesis.id)
    if (session.scalar(held) or 0) >= MOST:
        raise RuleBroken("sources-too-many", 409, max=MOST)
    values: dict[str, Any] = {"id": new_id(), "synthesis_id": synthesis.id}
    values[f"{_what(source)}_id"] = source.id
    if not inserting.once(session, SynthesisSource, values):
        raise RuleBroken("source-already", 409)
    facts = {"source": values["id"], _what(source): source.id}
    syntheses.record(session, synthesis, "source.added", account=account, now=now, **facts)
    session.flush()
    return session.get_one(SynthesisSource, values["id"])


def remove(
    session: Session,
    synthesis: Synthesis,
    source: SynthesisSource,
    *,
    account: Account,
    now: datetime,
) -> None:
    """Draw on a source no more; source-used (409) while an extract comes from it.

    Raises source-published (409) while the version in force quotes it, taken-away (404) when
    somebody else removed it.
    """
    syntheses.claim(session, synthesis)
    query = select(SynthesisSource).where(SynthesisSource.id == source.id)
    locked = query.with_for_update(of=SynthesisSource).execution_options(populate_existing=True)
    found = session.scalars(locked).one_or_none()
    if found is None:
        raise RuleBroken("taken-away", 404)
    number = session.scalar(queries.extracts(found)) or 0
    if number:
        raise RuleBroken("source-used", 409, num=number)
    if _is_published(session, found):
        raise RuleBroken("source-published", 409)
    facts = {"source": found.id}
    syntheses.record(session, synthesis, "source.removed", account=account, now=now, **facts)
    session.delete(found)
    session.flush()


def _what(source: Consultation | Room) -> str:
    return "room" if isinstance(source, Room) else "consultation"


def _is_published(session: Session, source: SynthesisSource) -> bool:
    """Tell whether the version in force quotes something of a source."""
    of = select(SynthesisVersion).where(SynthesisVersion.synthesis_id == source.synthesis_id)
    version = session.scalars(of.order_by(SynthesisVersion.number.desc()).limit(1)).one_or_none()
    if version is None:
        return False
    whole = composed.read(version.content)
    if source.room_id:
        papers = taken_back.held_of(whole, taken_back.DOCUMENT)
        query = select(RoomDocument.id).where(
            RoomDocument.id.in_(papers), RoomDocument.room_id == source.room_id
        )
    else:
        quoted = taken_back.statements_of(whole)
        query = select(Statement.id).where(
            Statement.id.in_(quoted), Statement.consultation_id == source.consultation_id
        )
    return session.scalar(query.limit(1)) is not None


def _is_public(session: Session, source: Consultation | Room, now: datetime) -> bool:
    if isinstance(source, Room):
        return not source.is_private
    query = select(Consultation.id).where(Consultation.id == source.id)
    return session.scalar(query.where(consultations.is_public(now))) is not None
