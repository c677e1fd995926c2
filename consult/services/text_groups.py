"""Texts that say nearly the same, grouped for those who read: a job that may stop at any moment.

Nothing is kept before the end, and all of it then: whoever kills or cancels the job leaves the
groups that were there. The texts are taken in the order of their ids, so that two runs over the
same texts make the same groups. The groups decide nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from ..domain import passages
from ..domain import readings as rules
from ..domain.errors import RuleBroken
from ..models import Account, Aid, Consultation, GroupedStatement
from ..queries import readings as queries
from . import inserting, journal

KIND = "groups"
AT_ONCE = 2_000
WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"
Text = tuple[str, str]
Find = Callable[[Sequence[Text], Callable[[int], None]], Sequence[tuple[str, Sequence[str]]]]
Beat = Callable[[int, int], None]


class Cancelled(Exception):
    """Someone cancelled the job, or another worker took it over."""


def ask(session: Session, consultation: Consultation, *, by: Account, now: datetime) -> Aid:
    """Ask for the groups of a consultation, or raise groups-too-few, groups-asked (409)."""
    held = select(Consultation.id).where(Consultation.id == consultation.id)
    session.execute(held.with_for_update(of=Consultation))
    if _fewer(session, consultation.id):
        raise RuleBroken("groups-too-few", fewest=rules.FEWEST_TEXTS)
    last = latest(session, consultation.id)
    if last is not None and last.state in (WAITING, RUNNING):
        raise RuleBroken("groups-asked", 409)
    aid = Aid(
        consultation_id=consultation.id,
        kind=KIND,
        state=WAITING,
        account_id=by.id,
        created_at=now,
    )
    session.add(aid)
    session.flush()
    _record(session, "groups.asked", aid, f"account:{by.id}", now)
    return aid


def cancel(session: Session, consultation: Consultation, *, by: Account, now: datetime) -> None:
    """Stop the job that waits or runs, or raise groups-over (409) when there is none."""
    aid = latest(session, consultation.id)
    ended = aid is not None and _move(session, aid, (WAITING, RUNNING), CANCELLED, ended_at=now)
    if aid is None or not ended:
        raise RuleBroken("groups-over", 409)
    _record(session, "groups.cancelled", aid, f"account:{by.id}", now)


def latest(session: Session, consultation_id: str) -> Aid | None:
    """Return the last job asked for a consultation, as it stands now."""
    query = (
        select(Aid)
        .where(Aid.consultation_id == consultation_id, Aid.kind == KIND)
        .order_by(Aid.created_at.desc(), Aid.id.desc())
        .limit(1)
    )
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def claim(session: Session, *, now: datetime) -> Aid | None:
    """Take a job to do, one that nobody takes: it waits, or whoever did it was killed."""
    killed = Aid.beat_at < now - rules.SILENT_FOR
    due = or_(Aid.state == WAITING, (Aid.state == RUNNING) & killed)
    found = session.scalars(
        select(Aid).where(Aid.kind == KIND, due).order_by(Aid.created_at, Aid.id).limit(1)
    ).one_or_none()
    if found is None:
        return None
    taken = (
        update(Aid)
        .where(Aid.id == found.id, due)
        .values(state=RUNNING, beat_at=now, done=0, total=0)
    )
    return found if _changed(session, taken) else None


def beat(session: Session, aid: Aid, done: int, total: int, *, now: datetime) -> None:
    """Say how far a job is, or raise Cancelled when it is no longer to be done."""
    values = {"done": done, "total": total, "beat_at": now}
    alive = update(Aid).where(Aid.id == aid.id, Aid.state == RUNNING).values(**values)
    if not _changed(session, alive):
        raise Cancelled


def group(session: Session, consultation_id: str, find: Find, beat: Beat) -> list[dict[str, Any]]:
    """Return the rows of the groups among the texts of a consultation.

    `find` tells the leaders with their members; `beat` is told how far this is, out of how many.
    """
    versions: dict[str, int] = {}
    read: list[Text] = []
    for one in _texts(session, consultation_id):
        versions[one.id] = one.version
        read.append((one.id, passages.text_of(one.title, one.body)))
        if len(read) % AT_ONCE == 0:
            beat(0, len(read))
    total = len(read)
    beat(0, total)
    return [
        {
            "statement_id": member,
            "consultation_id": consultation_id,
            "leader_id": leader,
            "version": versions[member],
            "leader_version": versions[leader],
        }
        for leader, held in find(read, lambda done: beat(done, total))
        for member in held
        if member != leader
    ]


def keep(session: Session, aid: Aid, rows: Sequence[dict[str, Any]], *, now: datetime) -> None:
    """Put the new groups in the place of the old ones, and end the job."""
    if not _move(session, aid, (RUNNING,), DONE, ended_at=now, done=aid.total):
        raise Cancelled
    gone = delete(GroupedStatement).where(GroupedStatement.consultation_id == aid.consultation_id)
    session.execute(gone.execution_options(synchronize_session=False))
    apart = set(session.scalars(queries.apart(aid.consultation_id)))  # taken out meanwhile
    left = [one for one in rows if one["statement_id"] not in apart]
    inserting.many(session, GroupedStatement, left)
    _record(session, "groups.made", aid, "system", now)


def fail(session: Session, aid: Aid, *, now: datetime) -> None:
    """Say that a job did not succeed."""
    if _move(session, aid, (RUNNING,), FAILED, ended_at=now):
        _record(session, "groups.failed", aid, "system", now)


def _texts(session: Session, consultation_id: str) -> Iterator[Any]:
    last = ""
    while True:
        rows = session.execute(queries.texts(consultation_id, last).limit(AT_ONCE)).all()
        yield from rows
        if len(rows) < AT_ONCE:
            return
        last = rows[-1].id


def _fewer(session: Session, consultation_id: str) -> bool:
    some = queries.texts(consultation_id, "").limit(rules.FEWEST_TEXTS)
    return len(session.execute(some).all()) < rules.FEWEST_TEXTS


def _move(session: Session, aid: Aid, of: Sequence[str], to: str, **values: Any) -> bool:
    moved = update(Aid).where(Aid.id == aid.id, Aid.state.in_(of)).values(state=to, **values)
    return _changed(session, moved)


def _changed(session: Session, statement: Any) -> bool:
    done: Any = session.execute(statement.execution_options(synchronize_session="fetch"))
    return bool(done.rowcount)


def _record(session: Session, act: str, aid: Aid, actor: str, now: datetime) -> None:
    journal.record(
        session,
        act,
        f"aid:{aid.id}",
        actor=actor,
        now=now,
        consultation_id=aid.consultation_id,
    )
