"""Syntheses: the one of a consultation, its published versions, what proves it, who is quoted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import aliased

from ..models import (
    Account,
    Consultation,
    Contribution,
    Credit,
    Extract,
    Hearing,
    Participant,
    Room,
    RoomDocument,
    Statement,
    Synthesis,
    SynthesisBlock,
    SynthesisVersion,
    Territory,
    Theme,
)
from . import consultations, readings
from .extracts import address, is_twice_below

Rows = Select[*tuple[Any, ...]]
Parent = aliased(Statement, name="parent")


def of_consultation(consultation_id: str) -> Select[Synthesis]:
    """Select the synthesis of a consultation, if one is begun."""
    return select(Synthesis).where(Synthesis.consultation_id == consultation_id)


def published_to(slug: str, reader: consultations.Reader, now: datetime) -> Rows:
    """Select a synthesis that has a version, and its consultation, if the reader may know it."""
    version = select(SynthesisVersion.id).where(SynthesisVersion.synthesis_id == Synthesis.id)
    return (
        select(Synthesis, Consultation)
        .join(Consultation, Consultation.id == Synthesis.consultation_id)
        .where(Synthesis.slug == slug, version.exists(), consultations.is_visible(reader, now))
    )


def versions(synthesis_id: str) -> Rows:
    """Select the versions of a synthesis without their content, the one in force first."""
    return (
        select(
            SynthesisVersion.number,
            SynthesisVersion.digest,
            SynthesisVersion.reason,
            SynthesisVersion.published_at,
        )
        .where(SynthesisVersion.synthesis_id == synthesis_id)
        .order_by(SynthesisVersion.number.desc())
    )


def whole(slug: str) -> Select[SynthesisVersion]:
    """Select the versions of the synthesis of an address, the one in force first."""
    return (
        select(SynthesisVersion)
        .join(Synthesis, Synthesis.id == SynthesisVersion.synthesis_id)
        .where(Synthesis.slug == slug)
        .order_by(SynthesisVersion.number.desc())
    )


_QUOTED: tuple[Any, ...] = (
    Extract.block_id,
    Extract.statement_id,
    Extract.quote,
    Extract.named,
    Extract.told_at,
    Statement.kind,
    Statement.parent_id,
    Parent.kind.label("parent_kind"),
    case((is_twice_below(Parent), Parent.parent_id)).label("top_id"),
    Statement.signed_as,
    Statement.signature,
    Statement.function,
    Statement.actor_kind,
    Territory.name.label("territory"),
    Extract.document_id,
    RoomDocument.title.label("document"),
    Room.name.label("room"),
    Room.slug.label("room_slug"),
    Hearing,
)


def quotes(synthesis_id: str) -> Rows:
    """Select the extracts of a synthesis that may be shown, each with who wrote its source.

    A text that is not public, or whose theme is hidden, what a private room keeps, and an extract
    that was contested, are left out.
    """
    return (
        select(*_QUOTED)
        .join(SynthesisBlock, SynthesisBlock.id == Extract.block_id)
        .outerjoin(Statement, Statement.id == Extract.statement_id)
        .outerjoin(Parent, Parent.id == Statement.parent_id)
        .outerjoin(Theme, Theme.id == func.coalesce(Statement.theme_id, Parent.theme_id))
        .outerjoin(Territory, Territory.code == Statement.territory_code)
        .outerjoin(RoomDocument, RoomDocument.id == Extract.document_id)
        .outerjoin(Room, Room.id == RoomDocument.room_id)
        .outerjoin(Hearing, Hearing.id == Extract.hearing_id)
        .where(
            SynthesisBlock.synthesis_id == synthesis_id,
            Extract.contested_at.is_(None),
            or_(Extract.statement_id.is_(None), _is_shown()),
            func.coalesce(Room.is_private, false()).is_(False),
        )
        .order_by(Extract.created_at, Extract.id)
    )


def shown_among(statement_ids: Sequence[str]) -> Select[str]:
    """Select those of some texts that anyone may still read."""
    return (
        select(Statement.id)
        .outerjoin(Parent, Parent.id == Statement.parent_id)
        .outerjoin(Theme, Theme.id == func.coalesce(Statement.theme_id, Parent.theme_id))
        .where(Statement.id.in_(statement_ids), _is_shown())
        .order_by(Statement.id)
    )


def credits(consultation_id: str) -> Select[str]:
    """Select the names of those who agree to be thanked, in the order of the alphabet."""
    return (
        select(Credit.name)
        .where(Credit.consultation_id == consultation_id)
        .order_by(func.lower(Credit.name), Credit.name)
    )


def credits_of(slug: str) -> Select[str]:
    """Select the names of those who agree to be thanked in the synthesis of an address."""
    return (
        select(Credit.name)
        .join(Synthesis, Synthesis.consultation_id == Credit.consultation_id)
        .where(Synthesis.slug == slug)
        .order_by(Credit.name)
    )


def to_tell(statement_ids: Sequence[str]) -> Rows:
    """Select where the authors of some texts are told that they are quoted."""
    email = address()
    return (
        select(
            Statement.id,
            func.coalesce(Statement.contribution_id, Statement.id).label("who"),
            email.label("email"),
        )
        .outerjoin(Contribution, Contribution.id == Statement.contribution_id)
        .outerjoin(Participant, Participant.id == Statement.participant_id)
        .outerjoin(Account, Account.id == Participant.account_id)
        .where(Statement.id.in_(statement_ids), email.is_not(None))
        .order_by(Statement.id)
    )


def texts_of(contribution_id: str) -> Rows:
    """Select the texts of a contribution, and the one thing that each became when it was read.

    `leader_id` is the text that leads its group.
    """
    return (
        select(
            Statement.id,
            Statement.kind,
            Statement.title,
            func.substr(Statement.body, 1, 200).label("body"),
            Statement.state,
            readings.became().label("became"),
            readings.leader().label("leader_id"),
        )
        .select_from(readings.joined())
        .where(Statement.contribution_id == contribution_id)
        .order_by(Statement.created_at, Statement.id)
    )


def _is_shown() -> ColumnElement[bool]:
    return and_(
        Statement.state == "published",
        func.coalesce(Parent.state, "published") == "published",
        or_(Theme.id.is_(None), Theme.hidden.is_(False)),
    )
