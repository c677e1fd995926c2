"""Extracts: the passages that prove the blocks of a synthesis, and who is named with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from ..domain import passages, readings
from ..domain.errors import RuleBroken
from ..models import (
    Account,
    Extract,
    Hearing,
    Room,
    RoomDocument,
    Statement,
    Synthesis,
    SynthesisBlock,
    SynthesisSource,
    new_id,
)
from ..queries import extracts as queries
from . import inserting, journal, notifications

Source = Statement | RoomDocument | Hearing
COLUMNS: dict[type, str] = {
    Statement: "statement_id",
    RoomDocument: "document_id",
    Hearing: "hearing_id",
}
NEW_KINDS = (
    "finding",
    "key_idea",
    "challenge",
    "proposition",
    "quotation",
    "disagreement",
    "open_question",
)


class Chosen(TypedDict):
    """A passage that someone chose: where it stands, whether its author is named, who, when."""

    starts: int
    ends: int
    named: bool
    account: Account
    now: datetime


@dataclass(frozen=True)
class Shown:
    """An extract as those who write see it.

    `who` is the name that may be published today, `signature` the one that the text bears.
    """

    id: str
    block_id: str
    quote: str
    who: str
    signature: str
    place: str
    path: str
    source: str
    source_id: str
    consultation_id: str
    named: bool
    public: bool
    changed: bool
    told_at: datetime | None
    contested_at: datetime | None
    contested_why: str


def add(
    session: Session, block: SynthesisBlock, source: Source, **chosen: Unpack[Chosen]
) -> Extract:
    """Make a passage of a text the proof of a block.

    Raises extract-elsewhere (404) for a text that the synthesis does not draw on, text-not-public
    (409), passage-unknown, extract-unnamed when the text bears no name, and extract-done (409) when
    this passage proves the block already.
    """
    held = _held(session, source)
    if not _is_drawn_on(session, block.synthesis_id, held):
        raise RuleBroken("extract-elsewhere", 404)
    if isinstance(held, Statement) and not _is_public(held):
        raise RuleBroken("text-not-public", 409)
    if chosen["named"] and not may_name(held):
        raise RuleBroken("extract-unnamed")
    text = text_of(held)
    by, now = chosen["account"], chosen["now"]
    values: dict[str, Any] = {
        "id": new_id(),
        "block_id": block.id,
        COLUMNS[_kind(held)]: held.id,
        "starts": chosen["starts"],
        "ends": chosen["ends"],
        "quote": passages.quote(text, chosen["starts"], chosen["ends"]),
        "source_sha256": passages.digest(text),
        "named": chosen["named"],
        "contested_why": "",
        "account_id": by.id,
        "created_at": now,
    }
    if not inserting.once(session, Extract, values):
        raise RuleBroken("extract-done", 409)
    _record(session, "extract.made", values["id"], by, now)
    return session.get_one(Extract, values["id"])


def remove(session: Session, extract: Extract, *, account: Account, now: datetime) -> None:
    """Take an extract away; a letter about it that did not leave is taken back."""
    notifications.cancel(session, key_of(extract.id), now=now)
    session.delete(extract)
    _record(session, "extract.taken-away", extract.id, account, now)
    session.flush()


def new_block(
    session: Session, synthesis: Synthesis, kind: str, title: str, *, by: Account, now: datetime
) -> SynthesisBlock:
    """Put a block at the end of a synthesis, to be written later, or raise extract-block-kind."""
    if kind not in NEW_KINDS:
        raise RuleBroken("extract-block-kind")
    last = session.scalar(
        select(func.max(SynthesisBlock.position)).where(SynthesisBlock.synthesis_id == synthesis.id)
    )
    block = SynthesisBlock(
        id=new_id(),
        synthesis_id=synthesis.id,
        kind=kind,
        title=title,
        position=0 if last is None else last + 1,
        updated_by_id=by.id,
        created_at=now,
        updated_at=now,
    )
    session.add(block)
    actor, subject = f"account:{by.id}", f"block:{block.id}"
    journal.record(session, "block.made", subject, actor=actor, now=now, kind=kind)
    session.flush()
    return block


def of_block(session: Session, block_id: str, now: datetime | None = None) -> Sequence[Shown]:
    """Return the extracts of a block, the oldest first.

    `who` is empty without `now`: whether someone may be named depends on the day.
    """
    return _shown(session, queries.of_block(block_id), now)


def of_source(session: Session, source: Source, now: datetime | None = None) -> Sequence[Shown]:
    """Return the extracts of a text in every synthesis, the oldest first."""
    return _shown(session, queries.of_source(COLUMNS[_kind(source)], source.id), now)


def contested(session: Session, synthesis_id: str, now: datetime | None = None) -> Sequence[Shown]:
    """Return the extracts of a synthesis that their authors contest, the latest first."""
    return _shown(session, queries.contested(synthesis_id), now)


def comes_from(extract: Extract, source: Source) -> bool:
    """Tell whether an extract is a passage of a source."""
    return bool(getattr(extract, COLUMNS[_kind(source)]) == source.id)


def text_of(source: Source) -> str:
    """Return the text that passages of a source are taken from."""
    if isinstance(source, Hearing):
        return source.body
    return passages.text_of(source.title, source.body)


def may_name(source: Source) -> bool:
    """Tell whether a source bears a name that a quotation may bear."""
    if isinstance(source, Statement):
        return passages.may_name(source.signed_as, source.signature)
    return isinstance(source, Hearing) and source.agrees


def path_of(kind: str, own: str, parent: tuple[str, str] | None, top: str | None = None) -> str:
    """Return the address of a text: what has no page of its own is at that of what it hangs on.

    `parent` is the kind and the id of that, `top` the address above a reply to an argument.
    """
    if kind in queries.PAGED:
        return f"/{kind}s/{own}"
    if parent is not None and parent[0] in queries.PAGED:
        return f"/{parent[0]}s/{parent[1]}"
    return top or ""


def key_of(extract_id: str) -> str:
    """Return the key of the letter about an extract: there is only one."""
    return f"quoted:{extract_id}"


def _shown(session: Session, query: Select[Any], now: datetime | None) -> Sequence[Shown]:
    return [_one(row, now) for row in session.execute(query)]


def _one(row: Any, now: datetime | None) -> Shown:
    one: Extract = row.Extract
    text = row.text if row.text and row.text.strip() else row.title or ""
    signature = row.speaker or ("" if row.signed_as == "none" else row.signature or "")
    told = one.created_at if row.speaker else one.told_at
    is_named = bool(row.speaker and row.agrees) or (
        now is not None and passages.is_named(one.named, one.told_at, one.contested_at, now)
    )
    parent = (row.parent_kind, row.parent_id) if row.parent_id else None
    top = f"/proposals/{row.top_id}" if row.top_id else None
    return Shown(
        id=one.id,
        block_id=one.block_id,
        quote=one.quote,
        who=signature if is_named else "",
        signature=signature,
        place=row.territory_name or "",
        path=path_of(row.kind, row.source_id, parent, top) if one.statement_id else row.path,
        source=row.kind,
        source_id=row.source_id,
        consultation_id=row.consultation_id or "",
        named=one.named,
        public=row.state == "published",
        changed=passages.digest(text) != one.source_sha256,
        told_at=told,
        contested_at=one.contested_at,
        contested_why=one.contested_why,
    )


def _held(session: Session, source: Source) -> Source:
    """Return a source that nobody changes while a passage is taken from it."""
    kind: Any = _kind(source)
    query = select(kind).where(kind.id == source.id).with_for_update(of=kind)
    found: Source | None = session.scalars(
        query.execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise RuleBroken("extract-elsewhere", 404)
    return found


def _kind(source: Source) -> type:
    return next(kind for kind in COLUMNS if isinstance(source, kind))


def _is_public(statement: Statement) -> bool:
    return statement.state == "published" and statement.kind in readings.KINDS


def _is_drawn_on(session: Session, synthesis_id: str, source: Source) -> bool:
    """Tell whether a synthesis draws on a source: its consultation, another one, a room's."""
    if isinstance(source, Hearing):
        return source.synthesis_id == synthesis_id
    held = select(SynthesisSource.id).where(SynthesisSource.synthesis_id == synthesis_id)
    held = held.with_for_update(of=SynthesisSource)
    if isinstance(source, RoomDocument):
        public = select(Room.id).where(Room.id == source.room_id, Room.is_private.is_(False))
        held = held.where(SynthesisSource.room_id.in_(public))
        return session.scalar(held) is not None
    synthesis = session.get_one(Synthesis, synthesis_id)
    if synthesis.consultation_id == source.consultation_id:
        return True
    other = held.where(SynthesisSource.consultation_id == source.consultation_id)
    return session.scalar(other) is not None


def _record(session: Session, act: str, extract_id: str, by: Account, now: datetime) -> None:
    actor = f"account:{by.id}"
    journal.record(session, act, f"extract:{extract_id}", actor=actor, now=now)
