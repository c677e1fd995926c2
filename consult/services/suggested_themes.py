"""What people make of suggested themes: named, put together, dropped, turned into blocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from ..domain import passages, words
from ..domain import suggestions as rules
from ..domain.errors import RuleBroken
from ..models import (
    Account,
    Statement,
    SuggestedTheme,
    Synthesis,
    SynthesisBlock,
    ThemedStatement,
)
from ..queries import blocks as block_queries
from ..queries import suggested_themes as queries
from . import blocks, extracts, journal

CHAPTER, KEY_IDEA = WAYS = ("chapter", "key_idea")


@dataclass(frozen=True)
class Wanted:
    """What a theme is to become: a key idea or a chapter, its title, the texts that prove it.

    Each text comes with its digest, as it was seen.
    """

    way: str
    title: object
    proofs: Sequence[tuple[Statement, str]]


def counts(session: Session, consultation_id: str) -> dict[str, int]:
    """Return the total and how many texts are each thing; they always add up to the total."""
    found = dict.fromkeys(rules.COUNTS, 0)
    for row in session.execute(queries.counts(consultation_id)):
        found[row.what] = row.number
    return {"total": sum(found.values()), **found}


def name(
    session: Session,
    suggestion: SuggestedTheme,
    typed: object,
    *,
    version: int,
    by: Account,
    now: datetime,
) -> None:
    """Give a theme its name: it is kept from then on. Raises suggestion-changed (409)."""
    row = _hold(session, suggestion, version)
    row.name, row.state = rules.name(typed, row.terms["words"]), rules.KEPT
    _done(session, row, "named", by, now)


def merge(
    session: Session,
    suggestion: SuggestedTheme,
    into: str,
    *,
    version: int,
    by: Account,
    now: datetime,
) -> SuggestedTheme:
    """Put all the texts of a theme in another one of the same place, which is kept.

    Raises suggestion-changed (409), and suggestion-apart for one of another place, or itself.
    """
    row = _hold(session, suggestion, version)
    other: SuggestedTheme | None = session.scalar(_locked(into))
    if (
        other is None
        or other.id == row.id
        or other.state == rules.DROPPED
        or _place(other) != (_place(row))
    ):
        raise RuleBroken("suggestion-apart")
    other.name = rules.name(other.name or row.name, other.terms["words"])
    other.state = rules.KEPT
    last = select(func.max(ThemedStatement.place)).where(ThemedStatement.suggestion_id == other.id)
    after = (session.scalar(last) or 0) + 1
    moved = (
        update(ThemedStatement)
        .where(ThemedStatement.suggestion_id == row.id)
        .values(suggestion_id=other.id, place=ThemedStatement.place + after)
    )
    session.execute(moved.execution_options(synchronize_session=False))
    _done(session, other, "merged", by, now, merged=row.id)
    session.delete(row)
    session.flush()
    return other


def drop(
    session: Session, suggestion: SuggestedTheme, *, version: int, by: Account, now: datetime
) -> None:
    """Say that a theme is none: its texts are in no theme, and it is not suggested again."""
    row = _hold(session, suggestion, version)
    gone = delete(ThemedStatement).where(ThemedStatement.suggestion_id == row.id)
    session.execute(gone.execution_options(synchronize_session=False))
    row.state = rules.DROPPED
    _done(session, row, "dropped", by, now)


def forget(
    session: Session, suggestion: SuggestedTheme, *, version: int, by: Account, now: datetime
) -> None:
    """Let a theme that was dropped be suggested again; suggestion-changed (409) for another."""
    row = _hold(session, suggestion, version, (rules.DROPPED,))
    _done(session, row, "allowed-again", by, now)
    session.delete(row)
    session.flush()


def typical(suggestion: SuggestedTheme, text: str) -> passages.Passage | None:
    """Return the sentence of a text with the most terms of a theme, the first of equal ones."""
    stems = set(suggestion.terms["stems"])
    cut = passages.sentences(text)

    def held(one: passages.Passage) -> int:
        return len(stems.intersection(words.terms(text[one.starts : one.ends])))

    return max(cut, key=held, default=None)


def write(
    session: Session,
    suggestion: SuggestedTheme,
    synthesis: Synthesis,
    wanted: Wanted,
    *,
    by: Account,
    now: datetime,
) -> SynthesisBlock:
    """Turn a theme into a key idea of a synthesis, in a chapter of its own where asked.

    The typical sentence of each text that proves it becomes an extract. Raises suggestion-way,
    suggestion-unproven without any text, reading-changed (409).
    """
    if wanted.way not in WAYS:
        raise RuleBroken("suggestion-way")
    if not wanted.proofs:
        raise RuleBroken("suggestion-unproven")
    known = [suggestion.name] if suggestion.name else suggestion.terms["words"]
    values = {"title": rules.name(wanted.title, known)}
    if wanted.way == CHAPTER:
        made = blocks.add(session, synthesis, CHAPTER, values=values, account=by, now=now)
        values["after"] = made.id
    else:
        values["after"] = _before(session, suggestion, synthesis)
    block = blocks.add(session, synthesis, KEY_IDEA, values=values, account=by, now=now)
    for statement, seen in wanted.proofs:
        text = extracts.text_of(statement)
        passage = typical(suggestion, text)
        if passage is None or passages.digest(text) != seen:
            raise RuleBroken("reading-changed", 409)
        chosen: Any = {"starts": passage.starts, "ends": passage.ends, "named": False}
        extracts.add(session, block, statement, **chosen, account=by, now=now)
    _record(session, suggestion, "written", by, now, block=block.id)
    return block


def _before(session: Session, suggestion: SuggestedTheme, synthesis: Synthesis) -> str:
    """Return the last block about the same question or theme, "" without one."""
    order = session.scalars(block_queries.of_synthesis(synthesis.id)).all()
    about = [one.id for one in order if _place(one) == _place(suggestion)]
    return about[-1] if about else ""


def _place(thing: SuggestedTheme | SynthesisBlock) -> tuple[str, str]:
    return (thing.question_id or "", "" if thing.question_id else thing.theme_id or "")


def _locked(key: str) -> Any:
    query = select(SuggestedTheme).where(SuggestedTheme.id == key).with_for_update()
    return query.execution_options(populate_existing=True)


def _hold(
    session: Session,
    suggestion: SuggestedTheme,
    version: int,
    states: Sequence[str] = (rules.SUGGESTED, rules.KEPT),
) -> SuggestedTheme:
    """Return a suggestion that nobody else changes meanwhile, as it was seen."""
    row: SuggestedTheme | None = session.scalar(_locked(suggestion.id))
    if row is None or row.version != version or row.state not in states:
        raise RuleBroken("suggestion-changed", 409)
    return row


def _done(
    session: Session, row: SuggestedTheme, act: str, by: Account, now: datetime, **facts: Any
) -> None:
    row.version, row.updated_at = row.version + 1, now
    _record(session, row, act, by, now, **facts)
    session.flush()


def _record(
    session: Session, row: SuggestedTheme, act: str, by: Account, now: datetime, **facts: Any
) -> None:
    journal.record(
        session,
        f"suggested-theme.{act}",
        f"suggested-theme:{row.id}",
        actor=f"account:{by.id}",
        now=now,
        consultation_id=row.consultation_id,
        **facts,
    )
