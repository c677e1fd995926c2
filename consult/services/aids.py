"""Reading aids: work done in the background for those who read, which may stop at any moment.

A kind of aid is a module of `aid_kinds`. Nothing is kept before the end, and all of it then:
whoever kills or cancels the work leaves what was found before. Of a kind, one is asked for at a
time in a consultation; the database holds to it. An aid decides nothing.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from ..domain import extras
from ..domain import readings as rules
from ..domain.errors import RuleBroken
from ..models import Account, Aid, Consultation, new_id
from ..queries import aids as queries
from ..queries import readings as texts
from . import aid_kinds, inserting, journal

WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"
LIVE = (WAITING, RUNNING)


class Cancelled(Exception):
    """Someone cancelled the work, or another worker took it over."""


def is_able(kind: str) -> bool:
    """Tell whether an aid of this kind can be given here: what it needs is installed."""
    return extras.has(*aid_kinds.kind(kind).NEEDS)


def ask(
    session: Session, consultation: Consultation, kind: str, *, by: Account, now: datetime
) -> Aid:
    """Ask for an aid; raises aid-unknown (404), aid-unable, aid-asked (409), aid-too-few.

    A kind that wants more than texts raises what is lacking (409).
    """
    fewest = aid_kinds.kind(kind).FEWEST
    if not is_able(kind):
        raise RuleBroken("aid-unable", 409)
    some = session.execute(texts.texts(consultation.id, "").limit(fewest)).all()
    if len(some) < fewest:
        raise RuleBroken("aid-too-few", fewest=fewest)
    aid_kinds.check(session, consultation.id, kind)
    values: dict[str, Any] = {
        "id": new_id(),
        "consultation_id": consultation.id,
        "kind": kind,
        "state": WAITING,
        "done": 0,
        "total": 0,
        "account_id": by.id,
        "created_at": now,
    }
    if not inserting.once(session, Aid, values):
        raise RuleBroken("aid-asked", 409)
    aid = session.get_one(Aid, values["id"])
    _record(session, "asked", aid, f"account:{by.id}", now)
    return aid


def cancel(
    session: Session, consultation: Consultation, kind: str, *, by: Account, now: datetime
) -> None:
    """Stop the aid that waits or runs; raises aid-unknown (404), aid-over (409) without one."""
    aid_kinds.kind(kind)
    aid = latest(session, consultation.id, kind)
    if aid is None or not _move(session, aid, LIVE, CANCELLED, ended_at=now):
        raise RuleBroken("aid-over", 409)
    _record(session, "cancelled", aid, f"account:{by.id}", now)


def latest(session: Session, consultation_id: str, kind: str) -> Aid | None:
    """Return the last aid of a kind asked for a consultation, as it stands now."""
    query = queries.latest(consultation_id, [kind])
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def claim(session: Session, *, now: datetime) -> Aid | None:
    """Take an aid to work on, that nobody takes: it waits, or whoever did it was killed."""
    killed = Aid.beat_at < now - rules.SILENT_FOR
    due = or_(Aid.state == WAITING, (Aid.state == RUNNING) & killed)
    kinds = list(aid_kinds.KINDS)
    found = session.scalars(
        select(Aid).where(Aid.kind.in_(kinds), due).order_by(Aid.created_at, Aid.id).limit(1)
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
    """Say how far the work is, or raise Cancelled when it is no longer to be done."""
    values = {"done": done, "total": total, "beat_at": now}
    alive = update(Aid).where(Aid.id == aid.id, Aid.state == RUNNING).values(**values)
    if not _changed(session, alive):
        raise Cancelled


def keep(session: Session, aid: Aid, found: Any, *, now: datetime) -> int:
    """Put what was found in the place of what was there, end the work; return how much it is."""
    if not _move(session, aid, (RUNNING,), DONE, ended_at=now, done=aid.total):
        raise Cancelled
    kept = aid_kinds.kind(aid.kind).keep(session, aid.consultation_id, found, now)
    _record(session, "made", aid, "system", now)
    return kept


def fail(session: Session, aid: Aid, *, now: datetime) -> None:
    """Say that the work did not succeed."""
    if _move(session, aid, (RUNNING,), FAILED, ended_at=now):
        _record(session, "failed", aid, "system", now)


def _move(session: Session, aid: Aid, of: Sequence[str], to: str, **values: Any) -> bool:
    moved = update(Aid).where(Aid.id == aid.id, Aid.state.in_(of)).values(state=to, **values)
    return _changed(session, moved)


def _changed(session: Session, statement: Any) -> bool:
    done: Any = session.execute(statement.execution_options(synchronize_session="fetch"))
    return bool(done.rowcount)


def _record(session: Session, act: str, aid: Aid, actor: str, now: datetime) -> None:
    journal.record(
        session,
        f"aid.{act}",
        f"aid:{aid.id}",
        actor=actor,
        now=now,
        consultation_id=aid.consultation_id,
        kind=aid.kind,
    )
