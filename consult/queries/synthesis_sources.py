"""What a synthesis draws on beside its own consultation, and the texts that are read there."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from ..domain import readings as rules
from ..models import (
    Consultation,
    Extract,
    Room,
    RoomDocument,
    Statement,
    SynthesisBlock,
    SynthesisSource,
    Territory,
    Theme,
)
from . import consultations, paging, readings, rooms

Rows = Select[*tuple[Any, ...]]
OFFERED = 200
PAPERS: tuple[Any, ...] = (RoomDocument.dated_on, RoomDocument.id)
Parent = aliased(Statement, name="source_parent")


def of_synthesis(synthesis_id: str) -> Rows:
    """Select the sources of a synthesis with what they are called, consultations first."""
    return (
        select(
            SynthesisSource,
            Consultation.title,
            Consultation.slug,
            Room.name,
            Room.slug.label("room_slug"),
            Room.is_private,
        )
        .outerjoin(Consultation, Consultation.id == SynthesisSource.consultation_id)
        .outerjoin(Room, Room.id == SynthesisSource.room_id)
        .where(SynthesisSource.synthesis_id == synthesis_id)
        .order_by(Room.name, Consultation.title, SynthesisSource.id)
    )


def one(synthesis_id: str, source_id: str) -> Rows:
    """Select a source of a synthesis, with what it is called."""
    return of_synthesis(synthesis_id).where(SynthesisSource.id == source_id)


def of_consultation(synthesis_id: str, consultation_id: str) -> Select[str]:
    """Select the source that makes a synthesis draw on a consultation."""
    return select(SynthesisSource.id).where(
        SynthesisSource.synthesis_id == synthesis_id,
        SynthesisSource.consultation_id == consultation_id,
    )


def extracts(source: SynthesisSource) -> Select[int]:
    """Select how many extracts of a synthesis come from a source."""
    comes = (
        RoomDocument.room_id == source.room_id
        if source.room_id
        else Statement.consultation_id == source.consultation_id
    )
    return (
        select(func.count())
        .select_from(Extract)
        .join(SynthesisBlock, SynthesisBlock.id == Extract.block_id)
        .outerjoin(Statement, Statement.id == Extract.statement_id)
        .outerjoin(RoomDocument, RoomDocument.id == Extract.document_id)
        .where(SynthesisBlock.synthesis_id == source.synthesis_id, comes)
    )


def consultations_offered(
    synthesis_id: str, own_id: str, reader: consultations.Reader, now: datetime
) -> Rows:
    """Select the public consultations that a synthesis may still draw on, the latest first."""
    held = select(SynthesisSource.consultation_id).where(
        SynthesisSource.synthesis_id == synthesis_id,
        SynthesisSource.consultation_id.is_not(None),
    )
    return (
        select(Consultation.slug, Consultation.title)
        .where(
            consultations.is_visible(reader, now),
            consultations.is_public(now),
            Consultation.id != own_id,
            Consultation.id.not_in(held),
        )
        .order_by(Consultation.published_at.desc(), Consultation.id)
        .limit(OFFERED)
    )


def rooms_offered(synthesis_id: str) -> Rows:
    """Select the public rooms that a synthesis may still draw on, the national one first."""
    held = select(SynthesisSource.room_id).where(
        SynthesisSource.synthesis_id == synthesis_id, SynthesisSource.room_id.is_not(None)
    )
    return (
        select(Room.slug, Room.name)
        .where(Room.is_private.is_(False), Room.id.not_in(held))
        .order_by(*rooms.IN_ORDER)
        .limit(OFFERED)
    )


def texts(consultation_id: str, cursor: str | None) -> Rows:
    """Select a page of the texts of another consultation that anyone reads, and one row more."""
    query = _with_places(
        select(
            Statement.id,
            Statement.kind,
            Statement.title,
            func.substr(Statement.body, 1, readings.EXCERPT).label("body"),
            Statement.signed_as,
            Statement.signature,
            Statement.created_at,
            Territory.name.label("territory_name"),
        )
    ).where(readings.is_counted(consultation_id), _is_read())
    return paging.after(query, readings.ORDER, descending=False, cursor_text=cursor)


def text(synthesis_id: str, statement_id: str) -> Rows:
    """Select a text of one of the consultations that a synthesis draws on, if anyone reads it."""
    query = select(
        Statement,
        Consultation.title.label("consultation"),
        Territory.name.label("territory_name"),
        SynthesisSource.id.label("source_id"),
    ).join(Consultation, Consultation.id == Statement.consultation_id)
    source = and_(
        SynthesisSource.synthesis_id == synthesis_id,
        SynthesisSource.consultation_id == Statement.consultation_id,
    )
    return _with_places(query.join(SynthesisSource, source)).where(
        Statement.id == statement_id,
        Statement.kind.in_(rules.KINDS),
        _is_read(),
    )


def papers(room_id: str, cursor: str | None) -> Rows:
    """Select a page of what a room keeps that has words, the latest first, and one row more."""
    query: Rows = select(
        RoomDocument.id, RoomDocument.kind, RoomDocument.title, RoomDocument.dated_on
    ).where(RoomDocument.room_id == room_id, RoomDocument.body != "")
    return paging.after(query, PAPERS, descending=True, cursor_text=cursor)


def paper(synthesis_id: str, document_id: str) -> Rows:
    """Select a document of one of the public rooms that a synthesis draws on."""
    source = and_(
        SynthesisSource.synthesis_id == synthesis_id,
        SynthesisSource.room_id == RoomDocument.room_id,
    )
    return (
        select(
            RoomDocument,
            Room.name.label("room"),
            Room.slug.label("room_slug"),
            SynthesisSource.id.label("source_id"),
        )
        .join(Room, Room.id == RoomDocument.room_id)
        .join(SynthesisSource, source)
        .where(RoomDocument.id == document_id, Room.is_private.is_(False))
    )


def public_papers(document_ids: list[str]) -> Select[str]:
    """Select those of some documents that anyone may still read."""
    return (
        select(RoomDocument.id)
        .join(Room, Room.id == RoomDocument.room_id)
        .where(RoomDocument.id.in_(document_ids), Room.is_private.is_(False))
        .order_by(RoomDocument.id)
    )


def _with_places(query: Rows) -> Rows:
    return (
        query.outerjoin(Parent, Parent.id == Statement.parent_id)
        .outerjoin(Theme, Theme.id == func.coalesce(Statement.theme_id, Parent.theme_id))
        .outerjoin(Territory, Territory.code == Statement.territory_code)
    )


def _is_read() -> Any:
    return and_(
        Statement.state == "published",
        func.coalesce(Parent.state, "published") == "published",
        or_(Theme.id.is_(None), Theme.hidden.is_(False)),
    )
