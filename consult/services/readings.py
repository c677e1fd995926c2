"""The reading of what was sent: whoever reads gets a text of their own, and says what it became."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from ..domain import readings as rules
from ..domain.errors import RuleBroken
from ..models import (
    Account,
    Consultation,
    GroupedStatement,
    ReadingHold,
    Statement,
    StatementReading,
    UngroupedStatement,
)
from ..queries import reading_next
from ..queries import readings as queries
from . import inserting, journal

AT_ONCE = 20


@dataclass(frozen=True)
class Mark:
    """What someone says of a text, and how they saw it: its version, what it was then."""

    state: str
    reason: str
    version: int
    was: str


def counts(session: Session, consultation: Consultation) -> dict[str, int]:
    """Return the total and how many texts became each thing; they always add up to the total."""
    found = dict.fromkeys(rules.STATES, 0)
    for row in session.execute(queries.counts(consultation.id)):
        found[row.became] = row.number
    return {"total": sum(found.values()), **found}


def take_next(
    session: Session,
    consultation_id: str,
    filters: queries.Filters,
    *,
    by: Account,
    now: datetime,
    after: Statement | None = None,
) -> str | None:
    """Give someone a text that nobody has read nor reads now; None when there is none.

    The first after `after`, in the order of reading, then from the beginning. Of two who ask at
    once, each gets another text.
    """
    release(session, by.id)
    found = _candidates(session, consultation_id, filters, by=by, now=now, after=after)
    return next((one for one in found if take(session, one, by=by, now=now)), None)


def take(session: Session, statement_id: str, *, by: Account, now: datetime) -> bool:
    """Say that someone reads a text for a while; False when somebody else does."""
    over = delete(ReadingHold).where(
        ReadingHold.statement_id == statement_id,
        or_(ReadingHold.until <= now, ReadingHold.account_id == by.id),
    )
    session.execute(over.execution_options(synchronize_session=False))
    values = {
        "statement_id": statement_id,
        "account_id": by.id,
        "until": now + rules.HOLD_FOR,
    }
    return inserting.once(session, ReadingHold, values)


def release(session: Session, account_id: str) -> None:
    """Say that someone reads no text any more."""
    gone = delete(ReadingHold).where(ReadingHold.account_id == account_id)
    session.execute(gone.execution_options(synchronize_session=False))


def mark(session: Session, statement: Statement, mark: Mark, *, by: Account, now: datetime) -> None:
    """Say that a text is read, set aside with a reason, or to be read again.

    Raises reading-changed (409) when the text, or what somebody else said of it, is no longer as
    it was seen; text-not-public (409) for one that is not public.
    """
    state, reason = rules.mark(mark.state, mark.reason)
    held = _held(session, statement.id)
    query = select(StatementReading).where(StatementReading.statement_id == held.id)
    current = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    told = current.state if current and current.version == held.version else rules.UNREAD
    if held.version != mark.version or told != mark.was:
        raise RuleBroken("reading-changed", 409)
    if current is not None:
        session.delete(current)
        session.flush()
    if state != rules.UNREAD:
        session.add(
            StatementReading(
                statement_id=held.id,
                consultation_id=held.consultation_id,
                version=held.version,
                state=state,
                reason=reason,
                account_id=by.id,
                read_at=now,
            )
        )
    journal.record(
        session,
        f"reading.{state.replace('_', '-')}",
        f"statement:{held.id}",
        actor=f"account:{by.id}",
        now=now,
        consultation_id=held.consultation_id,
        **({"reason": reason} if reason else {}),
    )
    session.flush()


def take_out(
    session: Session, statement: Statement, leader_id: str, *, by: Account, now: datetime
) -> None:
    """Take a text out of the group that a text leads: it is to be read, and stays out.

    Raises group-left (409) when it is no longer in that group, text-not-public (409).
    """
    held = _held(session, statement.id)
    where = (GroupedStatement.statement_id == held.id, GroupedStatement.leader_id == leader_id)
    gone = delete(GroupedStatement).where(*where).execution_options(synchronize_session=False)
    done: Any = session.execute(gone)
    if done.rowcount != 1:
        raise RuleBroken("group-left", 409)
    read = delete(StatementReading).where(StatementReading.statement_id == held.id)
    session.execute(read.execution_options(synchronize_session="fetch"))
    own = {"statement_id": held.id, "consultation_id": held.consultation_id, "created_at": now}
    inserting.once(session, UngroupedStatement, own)
    journal.record(
        session,
        "reading.ungrouped",
        f"statement:{held.id}",
        actor=f"account:{by.id}",
        now=now,
        consultation_id=held.consultation_id,
        leader=leader_id,
    )
    session.flush()


def _held(session: Session, statement_id: str) -> Statement:
    """Return a public text that nobody else changes meanwhile."""
    query = select(Statement).where(Statement.id == statement_id).with_for_update(of=Statement)
    held = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if held is None or held.state != "published":
        raise RuleBroken("text-not-public", 409)
    return held


def _candidates(
    session: Session,
    consultation_id: str,
    filters: queries.Filters,
    *,
    by: Account,
    now: datetime,
    after: Statement | None,
) -> Iterator[str]:
    """Go through the texts to read, kind after kind, from one of them and round again."""

    def of(kind: str, start: tuple[Any, str] | None) -> Iterator[str]:
        query = reading_next.unread(consultation_id, filters, kind, by=by.id, now=now, after=start)
        yield from session.scalars(query.limit(AT_ONCE)).all()

    if after is None or after.kind not in rules.KINDS:
        return chain.from_iterable(of(kind, None) for kind in rules.KINDS)
    place = rules.KINDS.index(after.kind)
    rest = (*rules.KINDS[place + 1 :], *rules.KINDS[: place + 1])
    begun = of(after.kind, (after.created_at, after.id))
    return chain(begun, *(of(kind, None) for kind in rest))
