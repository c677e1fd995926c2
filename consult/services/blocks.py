"""The blocks of a synthesis: added, reworded by several people, put in order, taken away."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from ..domain import blocks, clean
from ..domain.errors import RuleBroken
from ..domain.syntheses import arranged
from ..models import Account, BlockNote, BlockRevision, Synthesis, SynthesisBlock
from ..queries import blocks as queries
from . import consultations, pictures, syntheses

MOST = 1_000
NOTE_LIMIT = 2_000


def values_of(block: SynthesisBlock) -> dict[str, Any]:
    """Return what the form of a block shows, by the names of its fields."""
    fields = blocks.kind(block.kind).FIELDS
    details = {name: block.details.get(name, "") for name in fields}
    return {"title": block.title, "body": block.body, **details}


def add(
    session: Session,
    synthesis: Synthesis,
    kind: str,
    *,
    values: Mapping[str, Any],
    account: Account,
    now: datetime,
) -> SynthesisBlock:
    """Add a block behind the one that the value `after` names, at the end for want of it."""
    words = blocks.read(kind, values)
    syntheses.claim(session, synthesis)
    pictures.check(session, synthesis.id, words.details)
    order = list(session.scalars(queries.of_synthesis(synthesis.id)))
    if len(order) >= MOST:
        raise RuleBroken("blocks-too-many", 409, max=MOST)
    places = {one.id: place for place, one in enumerate(order)}
    before = places.get(str(values.get("after")), len(order) - 1)
    block = SynthesisBlock(
        synthesis_id=synthesis.id,
        kind=kind,
        position=len(order) + 1,
        title=words.title,
        body=words.body,
        details=dict(words.details),
        updated_by_id=account.id,
        created_at=now,
        updated_at=now,
    )
    session.add(block)
    order.insert(before + 1, block)
    _number(order)
    session.flush()
    _record(session, synthesis, "added", block, account, now)
    return block


def revise(
    session: Session,
    block: SynthesisBlock,
    *,
    values: Mapping[str, Any],
    version: str,
    account: Account,
    now: datetime,
) -> None:
    """Change the words of a block; the wording before is kept.

    `version` is the stamp of what was shown: stale (409) when someone else changed it meanwhile.
    """
    words = blocks.read(block.kind, values)
    synthesis = _of(session, block)
    consultations.check_stamp(values_of(block), version)
    pictures.check(session, synthesis.id, words.details)
    if (block.title, block.body, block.details) == (words.title, words.body, dict(words.details)):
        return
    session.add(
        BlockRevision(
            block_id=block.id,
            version=block.version,
            title=block.title,
            body=block.body,
            details=block.details,
            account_id=block.updated_by_id,
            created_at=block.updated_at,
        )
    )
    block.title, block.body, block.details = words.title, words.body, dict(words.details)
    block.version += 1
    block.updated_by_id, block.updated_at = account.id, now
    session.flush()
    _record(session, synthesis, "revised", block, account, now, version=block.version)


def move(
    session: Session, block: SynthesisBlock, *, up: bool, account: Account, now: datetime
) -> None:
    """Put a block one place up or down, a chapter or a section with all that it holds."""
    synthesis = _of(session, block)
    order = list(
        session.scalars(
            queries.of_synthesis(synthesis.id).execution_options(populate_existing=True)
        )
    )
    ranks = [blocks.rank(one.kind) for one in order]
    _number(arranged.moved(order, ranks, order.index(block), up=up))
    session.flush()
    _record(session, synthesis, "moved", block, account, now)


def remove(session: Session, block: SynthesisBlock, *, account: Account, now: datetime) -> None:
    """Take a block away, with its extracts and its notes; what it held stays."""
    synthesis = _of(session, block)
    _record(session, synthesis, "removed", block, account, now)
    session.flush()
    session.expunge(block)
    session.execute(delete(SynthesisBlock).where(SynthesisBlock.id == block.id))


def note(
    session: Session, block: SynthesisBlock, body: object, *, account: Account, now: datetime
) -> BlockNote:
    """Leave a note about a block to those who write."""
    text = clean.text(body, NOTE_LIMIT, required="note-empty")
    made = BlockNote(block_id=block.id, account_id=account.id, body=text, created_at=now)
    session.add(made)
    session.flush()
    return made


def settle(session: Session, block: SynthesisBlock, note_id: str, *, now: datetime) -> None:
    """Say that a note is settled; note-unknown (404) for one of another block, or settled."""
    done: Any = session.execute(
        update(BlockNote)
        .where(
            BlockNote.id == note_id,
            BlockNote.block_id == block.id,
            BlockNote.settled_at.is_(None),
        )
        .values(settled_at=now)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:
        raise RuleBroken("note-unknown", 404)


def _of(session: Session, block: SynthesisBlock) -> Synthesis:
    """Return the synthesis of a block, for oneself until the commit; block-gone (409)."""
    synthesis = session.get_one(Synthesis, block.synthesis_id)
    syntheses.claim(session, synthesis)
    held = select(SynthesisBlock.id).where(SynthesisBlock.id == block.id)
    if session.scalar(held) is None:
        raise RuleBroken("block-gone", 409)
    session.refresh(block)
    return synthesis


def _number(order: list[SynthesisBlock]) -> None:
    for place, one in enumerate(order, start=1):
        one.position = place


def _record(
    session: Session,
    synthesis: Synthesis,
    act: str,
    block: SynthesisBlock,
    account: Account,
    now: datetime,
    **facts: Any,
) -> None:
    about = {"block": block.id, "kind": block.kind, **facts}
    syntheses.record(session, synthesis, f"block.{act}", account=account, now=now, **about)
