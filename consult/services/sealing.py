"""The sealer: it alone chains the journal, after the acts, so that no act waits for another."""

import logging
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from ..domain import chain
from ..models import JournalHead, JournalSeal, JournalWaiting
from ..queries import journal as queries

AT_ONCE = 1000
log = logging.getLogger(__name__)


def seal(session: Session, *, now: datetime) -> int:
    """Give the waiting entries their place in the chain; return how many waited.

    An entry is sealed in the order in which the sealer sees it: one that commits late comes
    later, whatever its number. Two sealers at once write the same position, which is the key:
    the second is refused and loses nothing. An entry that the application did not write so gets
    no seal, and `audit.verify` names it.
    """
    rows = session.execute(queries.waiting().limit(AT_ONCE)).mappings()
    entries = [dict(row) for row in rows]
    if not entries:
        return 0
    end = session.execute(queries.last_seal()).first()
    position, head = (end.position, end.hash) if end else (0, chain.GENESIS)
    seals = []
    for entry in entries:
        if not chain.is_marked(entry):
            log.warning("journal entry %s was not written by the application", entry["id"])
            continue
        position += 1
        head = chain.link(head, position, entry)
        facts = {"position": position, "entry_id": entry["id"], "hash": head, "sealed_at": now}
        seals.append(facts)
    if seals:
        session.execute(insert(JournalSeal), seals)
    _no_longer_waiting(session, [entry["id"] for entry in entries])
    return len(entries)


def _no_longer_waiting(session: Session, ids: Sequence[int]) -> None:
    session.execute(
        delete(JournalWaiting)
        .where(JournalWaiting.entry_id.in_(ids))
        .execution_options(synchronize_session=False)
    )


def publish(session: Session, *, now: datetime) -> bool:
    """Publish the end of the chain, once a day; tell whether it was done now."""
    end = session.execute(queries.last_seal()).first()
    day = now.date()
    if end is None or session.scalar(select(JournalHead.day).where(JournalHead.day == day)):
        return False
    values = {"day": day, "position": end.position, "hash": end.hash, "published_at": now}
    session.execute(insert(JournalHead).values(**values))
    return True
