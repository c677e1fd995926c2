"""The blocks of a synthesis in their order, their earlier wordings, the notes about them."""

from typing import Any

from sqlalchemy import Select, func, select

from ..models import Account, BlockNote, BlockRevision, Extract, SynthesisBlock

Rows = Select[*tuple[Any, ...]]


def of_synthesis(synthesis_id: str) -> Select[SynthesisBlock]:
    """Select the blocks of a synthesis, in their order."""
    return (
        select(SynthesisBlock)
        .where(SynthesisBlock.synthesis_id == synthesis_id)
        .order_by(SynthesisBlock.position, SynthesisBlock.id)
    )


def ranked(synthesis_id: str) -> Rows:
    """Select the keys, kinds and places of the blocks of a synthesis, in their order."""
    return (
        select(SynthesisBlock.id, SynthesisBlock.kind, SynthesisBlock.position)
        .where(SynthesisBlock.synthesis_id == synthesis_id)
        .order_by(SynthesisBlock.position, SynthesisBlock.id)
    )


def joined(synthesis_id: str) -> Rows:
    """Select how many extracts and open notes each block has, for those that have any."""
    extracts = (
        select(func.count())
        .where(Extract.block_id == SynthesisBlock.id)
        .correlate(SynthesisBlock)
        .scalar_subquery()
    )
    notes = (
        select(func.count())
        .where(BlockNote.block_id == SynthesisBlock.id, BlockNote.settled_at.is_(None))
        .correlate(SynthesisBlock)
        .scalar_subquery()
    )
    return (
        select(SynthesisBlock.id, extracts.label("extracts"), notes.label("notes"))
        .where(SynthesisBlock.synthesis_id == synthesis_id)
        .order_by(SynthesisBlock.position, SynthesisBlock.id)
    )


def revisions(block_id: str) -> Rows:
    """Select the earlier wordings of a block, the latest first, with who had written each."""
    return (
        select(
            BlockRevision.version,
            BlockRevision.title,
            BlockRevision.body,
            BlockRevision.details,
            BlockRevision.created_at,
            Account.name,
        )
        .outerjoin(Account, Account.id == BlockRevision.account_id)
        .where(BlockRevision.block_id == block_id)
        .order_by(BlockRevision.version.desc())
        .limit(50)
    )


def notes(block_id: str) -> Rows:
    """Select the notes about a block, the latest first, with who wrote each."""
    return (
        select(
            BlockNote.id,
            BlockNote.body,
            BlockNote.created_at,
            BlockNote.settled_at,
            Account.name,
        )
        .outerjoin(Account, Account.id == BlockNote.account_id)
        .where(BlockNote.block_id == block_id)
        .order_by(BlockNote.created_at.desc(), BlockNote.id.desc())
        .limit(100)
    )
