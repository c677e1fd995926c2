"""Reads of the journal's chain."""

from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, func, select, type_coerce

from ..models import JournalEntry, JournalHead, JournalSeal, JournalWaiting

ENTRY = (
    JournalEntry.id,
    JournalEntry.at,
    JournalEntry.actor,
    JournalEntry.act,
    JournalEntry.subject,
    JournalEntry.consultation_id,
    JournalEntry.facts,
    JournalEntry.mark,
)


def waiting() -> Select[*tuple[Any, ...]]:
    """Select the entries that wait for their seal, oldest first."""
    return (
        select(*ENTRY)
        .join(JournalWaiting, JournalWaiting.entry_id == JournalEntry.id)
        .order_by(JournalEntry.id)
    )


def last_seal() -> Select[*tuple[Any, ...]]:
    """Select the end of the chain."""
    return (
        select(JournalSeal.position, JournalSeal.hash)
        .order_by(JournalSeal.position.desc())
        .limit(1)
    )


def sealed(database: str) -> Select[*tuple[Any, ...]]:
    """Select the whole chain in order, each seal beside its entry, if it is still there.

    The entry comes as text: its number, its mark, its instant in UTC as SQLite stores it, its
    words, its facts. So no value is made of it for nothing, a million times.
    """
    return (
        select(
            JournalSeal.position,
            JournalSeal.entry_id,
            JournalSeal.hash,
            JournalEntry.id,
            JournalEntry.mark,
            _stored(database),
            JournalEntry.actor,
            JournalEntry.act,
            JournalEntry.subject,
            JournalEntry.consultation_id,
            cast(JournalEntry.facts, Text),
        )
        .outerjoin(JournalEntry, JournalEntry.id == JournalSeal.entry_id)
        .order_by(JournalSeal.position)
    )


def _stored(database: str) -> ColumnElement[str]:
    if database == "postgresql":
        utc = func.timezone("UTC", JournalEntry.at)
        return func.to_char(utc, "YYYY-MM-DD HH24:MI:SS.US")
    return type_coerce(JournalEntry.at, Text)


def outside() -> Select[*tuple[Any, ...]]:
    """Select the entries that have no seal and do not wait for one, oldest first."""
    return (
        select(JournalEntry.id)
        .outerjoin(JournalSeal, JournalSeal.entry_id == JournalEntry.id)
        .outerjoin(JournalWaiting, JournalWaiting.entry_id == JournalEntry.id)
        .where(JournalSeal.position.is_(None), JournalWaiting.entry_id.is_(None))
        .order_by(JournalEntry.id)
    )


def heads() -> Select[*tuple[Any, ...]]:
    """Select the published heads, the latest first."""
    return select(JournalHead.day, JournalHead.position, JournalHead.hash).order_by(
        JournalHead.day.desc()
    )


def entries(subject: str | None) -> Select[*tuple[Any, ...]]:
    """Select the entries, those about one thing when it is given."""
    query = select(*ENTRY)
    return query if subject is None else query.where(JournalEntry.subject == subject)
