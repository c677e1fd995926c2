"""Extracts: with their sources as they stand now, and where a published synthesis shows a text."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import aliased

from ..domain import follows
from ..models import (
    Account,
    Consultation,
    Contribution,
    Extract,
    Hearing,
    Participant,
    Room,
    RoomDocument,
    Statement,
    Subscriber,
    Synthesis,
    SynthesisBlock,
    SynthesisSource,
    SynthesisVersion,
    Territory,
)
from . import consultations

Rows = Select[*tuple[Any, ...]]
PAGED = ("answer", "proposal", "amendment")
SHOWN_SYNTHESES = 50


def of_block(block_id: str) -> Rows:
    """Select the extracts of a block with what their sources say now, the oldest first."""
    return _with_sources(Extract.block_id == block_id)


def of_source(column: str, source_id: str) -> Rows:
    """Select the extracts of a source, given by the column that holds it, the oldest first."""
    return _with_sources(getattr(Extract, column) == source_id)


def contested(synthesis_id: str) -> Rows:
    """Select the extracts of a synthesis that their authors contest, the latest first."""
    blocks = select(SynthesisBlock.id).where(SynthesisBlock.synthesis_id == synthesis_id)
    query = _with_sources(and_(Extract.block_id.in_(blocks), Extract.contested_at.is_not(None)))
    return query.order_by(None).order_by(Extract.contested_at.desc(), Extract.id)


def _with_sources(condition: ColumnElement[bool]) -> Rows:
    parent = aliased(Statement)
    return (
        select(
            Extract,
            func.coalesce(Statement.id, RoomDocument.id, Hearing.id).label("source_id"),
            Statement.consultation_id,
            case(
                (Extract.document_id.is_not(None), "minutes"),
                (Extract.hearing_id.is_not(None), "hearing"),
                else_=Statement.kind,
            ).label("kind"),
            func.coalesce(Statement.state, "published").label("state"),
            Statement.signed_as,
            Statement.signature,
            func.coalesce(Statement.title, RoomDocument.title).label("title"),
            func.coalesce(Statement.body, RoomDocument.body, Hearing.body).label("text"),
            Hearing.speaker,
            Hearing.agrees,
            parent.kind.label("parent_kind"),
            parent.id.label("parent_id"),
            case((is_twice_below(parent), parent.parent_id)).label("top_id"),
            Territory.name.label("territory_name"),
            func.coalesce(
                literal("/rooms/") + Room.slug + "/documents/" + RoomDocument.id, ""
            ).label("path"),
        )
        .select_from(Extract)
        .outerjoin(Statement, Statement.id == Extract.statement_id)
        .outerjoin(parent, parent.id == Statement.parent_id)
        .outerjoin(Territory, Territory.code == Statement.territory_code)
        .outerjoin(RoomDocument, RoomDocument.id == Extract.document_id)
        .outerjoin(Room, Room.id == RoomDocument.room_id)
        .outerjoin(Hearing, Hearing.id == Extract.hearing_id)
        .where(condition)
        .order_by(Extract.created_at, Extract.id)
    )


def is_twice_below(parent: Any) -> ColumnElement[bool]:
    """Tell which texts hang on one, `parent`, that has no page of its own either."""
    return and_(parent.kind.not_in(PAGED), Statement.kind.not_in(PAGED))


def blocks(consultation_id: str) -> Rows:
    """Select the blocks of the synthesis of a consultation in order, with their extracts counted.

    A synthesis without blocks gives one row without any.
    """
    number = select(func.count()).where(Extract.block_id == SynthesisBlock.id)
    return (
        select(
            Synthesis.id.label("synthesis_id"),
            SynthesisBlock.id,
            SynthesisBlock.kind,
            SynthesisBlock.theme_id,
            SynthesisBlock.question_id,
            SynthesisBlock.title,
            func.substr(SynthesisBlock.body, 1, 80).label("body"),
            number.scalar_subquery().label("extracts"),
        )
        .outerjoin(SynthesisBlock, SynthesisBlock.synthesis_id == Synthesis.id)
        .where(Synthesis.consultation_id == consultation_id)
        .order_by(SynthesisBlock.position, SynthesisBlock.id)
    )


def of_consultation(consultation_id: str, extract_id: str) -> Select[Extract]:
    """Select an extract, where it is of the synthesis of a consultation."""
    return (
        select(Extract)
        .join(SynthesisBlock, SynthesisBlock.id == Extract.block_id)
        .join(Synthesis, Synthesis.id == SynthesisBlock.synthesis_id)
        .where(Synthesis.consultation_id == consultation_id, Extract.id == extract_id)
    )


def to_tell(consultation_id: str) -> Rows:
    """Select the extracts that name someone who was not told, with where they are written to.

    `email` is null for whoever left no address: nobody can tell them, so nothing names them.
    """
    query = (
        select(
            Extract,
            address().label("email"),
            func.coalesce(Subscriber.locale, "fr").label("locale"),
            Consultation.title.label("consultation"),
        )
        .join(SynthesisBlock, SynthesisBlock.id == Extract.block_id)
        .join(Synthesis, Synthesis.id == SynthesisBlock.synthesis_id)
        .join(Consultation, Consultation.id == Synthesis.consultation_id)
        .join(Statement, Statement.id == Extract.statement_id)
    )
    return (
        with_authors(query)
        .where(
            Consultation.id == consultation_id,
            Extract.named,
            Extract.told_at.is_(None),
            Statement.state == "published",
            Statement.signed_as != "none",
        )
        .order_by(Extract.created_at, Extract.id)
    )


def has_address() -> ColumnElement[bool]:
    """Tell which of `to_tell` can be written to."""
    return address().is_not(None)


def address() -> ColumnElement[Any]:
    """Return where an author is written to: as they asked for a text, else at their account."""
    return func.coalesce(Contribution.notify_email, Account.email)


def with_authors(query: Rows) -> Rows:
    """Join to a query of statements where their authors are written to, and what they want."""
    return (
        query.outerjoin(Contribution, Contribution.id == Statement.contribution_id)
        .outerjoin(Participant, Participant.id == Statement.participant_id)
        .outerjoin(Account, Account.id == Participant.account_id)
        .outerjoin(Subscriber, Subscriber.email == address())
    )


def may_be_told() -> ColumnElement[bool]:
    """Tell which authors may have a letter; join `with_authors` for it.

    Who wants no letter gets one where they asked to be told of a text.
    """
    wants = or_(
        Contribution.notify_email.is_not(None),
        Subscriber.id.is_(None),
        Subscriber.letters != follows.NONE,
    )
    return and_(has_address(), wants)


def quoted(extract_id: str) -> Rows:
    """Select an extract of a public text with what its author is to know of it."""
    return (
        select(
            Extract,
            Statement,
            Consultation.title.label("consultation"),
            Consultation.time_zone,
            SynthesisBlock.title.label("block"),
        )
        .join(SynthesisBlock, SynthesisBlock.id == Extract.block_id)
        .join(Synthesis, Synthesis.id == SynthesisBlock.synthesis_id)
        .join(Consultation, Consultation.id == Synthesis.consultation_id)
        .join(Statement, Statement.id == Extract.statement_id)
        .where(Extract.id == extract_id, Extract.told_at.is_not(None))
    )


def in_force(consultation_ids: Sequence[str], reader: consultations.Reader, now: datetime) -> Rows:
    """Select the versions in force of the syntheses that draw on some consultations.

    Those that a reader may know of, each with the address and the title of its synthesis. What
    was published says what is quoted, not what is written now: an extract may be gone since.
    """
    later = aliased(SynthesisVersion)
    newest = (
        select(func.max(later.number))
        .where(later.synthesis_id == SynthesisVersion.synthesis_id)
        .scalar_subquery()
    )
    drawing = select(SynthesisSource.synthesis_id).where(
        SynthesisSource.consultation_id.in_(consultation_ids)
    )
    return (
        select(
            SynthesisVersion.id.label("version_id"),
            Synthesis.id.label("synthesis_id"),
            Synthesis.slug,
            Synthesis.title,
        )
        .join(Synthesis, Synthesis.id == SynthesisVersion.synthesis_id)
        .join(Consultation, Consultation.id == Synthesis.consultation_id)
        .where(
            or_(Synthesis.consultation_id.in_(consultation_ids), Synthesis.id.in_(drawing)),
            SynthesisVersion.number == newest,
            consultations.is_visible(reader, now),
        )
        .order_by(SynthesisVersion.published_at.desc(), Synthesis.slug)
        .limit(SHOWN_SYNTHESES)
    )


def waiting(synthesis_id: str, before: datetime) -> Select[int]:
    """Select how many extracts of a synthesis name someone who was told too lately, or never."""
    return (
        select(func.count())
        .select_from(Extract)
        .join(SynthesisBlock, SynthesisBlock.id == Extract.block_id)
        .where(
            SynthesisBlock.synthesis_id == synthesis_id,
            Extract.named,
            Extract.contested_at.is_(None),
            Extract.hearing_id.is_(None),
            or_(Extract.told_at.is_(None), Extract.told_at > before),
        )
    )
