"""Archives: a whole consultation as one file, asked for, made little by little, kept or failed.

An archive is `done` only once its file is in place, and may be cancelled until then. Whoever makes
it renews its beat: one whose beat stopped was killed, and is begun again; after a few hours it is
said to have failed.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..domain.errors import RuleBroken
from ..models import Aid, Consultation, new_id
from ..queries import archives as queries
from . import journal, participation

LEFT = timedelta(minutes=2)
GIVEN_UP = timedelta(hours=6)
PARTS = 1_000  # how finely progress is told
SYSTEM = "system"


def ask(
    session: Session, consultation: Consultation, *, account_id: str | None, now: datetime
) -> Aid:
    """Ask for the archive of a consultation, or find the one under way; results-hidden (409)."""
    if not participation.shows_counts(consultation, now):
        raise RuleBroken("results-hidden", 409)
    session.execute(
        select(Consultation.id).where(Consultation.id == consultation.id).with_for_update()
    )
    found = session.scalars(queries.under_way(consultation.id)).one_or_none()
    if found is not None:
        return found
    made = Aid(
        id=new_id(),
        consultation_id=consultation.id,
        kind=queries.KIND,
        state="waiting",
        done=0,
        total=PARTS,
        account_id=account_id,
        created_at=now,
    )
    session.add(made)
    if account_id is not None:
        _record(session, "archive.asked", made, f"account:{account_id}", now)
    session.flush()
    return made


def renew(session: Session, *, now: datetime, most: int) -> int:
    """Ask for the archives of the night, and for those that hold no longer; return how many."""
    night = now.replace(hour=1, minute=0, second=0, microsecond=0)
    night = night if night <= now else night - timedelta(days=1)
    due = session.scalars(queries.to_renew(night, now).limit(most)).all()
    open_ones = [one for one in due if participation.shows_counts(one, now)]
    for consultation in open_ones:
        ask(session, consultation, account_id=None, now=now)
    return len(open_ones)


def take(session: Session, *, now: datetime) -> Aid | None:
    """Take the archive to make now, for oneself alone; None when there is none.

    One that was taken hours ago and never finished has failed.
    """
    found = session.scalars(queries.next_to_make(now - LEFT)).one_or_none()
    if found is None:
        return None
    if found.state == "running" and found.created_at < now - GIVEN_UP:
        _end(session, found, "failed", now=now)
        return None
    return found if _claim(session, found, now=now) else None


def beat(session: Session, aid: Aid, share: float, *, now: datetime) -> bool:
    """Say how far an archive is; False when somebody else took it over."""
    return _change(session, aid, {"done": int(share * PARTS), "beat_at": now})


def finish(session: Session, aid: Aid, *, now: datetime) -> bool:
    """Say that an archive is made: its file is in place. False when somebody else took it over."""
    return _end(session, aid, "done", now=now)


def fail(session: Session, aid: Aid, *, now: datetime) -> bool:
    """Say that an archive could not be made."""
    return _end(session, aid, "failed", now=now)


def cancel(session: Session, consultation: Consultation, *, account_id: str, now: datetime) -> Aid:
    """Give up the archive under way, at whatever point; archive-ended (409) when there is none.

    Whoever makes it notices at its next beat, and what it wrote goes. The file made before stays.
    """
    found = session.scalars(queries.under_way(consultation.id)).one_or_none()
    done: Any = found and session.execute(
        update(Aid)
        .where(Aid.id == found.id, Aid.state.in_(queries.UNDER_WAY))
        .values(state="cancelled", ended_at=now, beat_at=now)
        .execution_options(synchronize_session=False)
    )
    if found is None or done.rowcount != 1:
        raise RuleBroken("archive-ended", 409)
    session.refresh(found)
    _record(session, "archive.cancelled", found, f"account:{account_id}", now)
    return found


def outlived(session: Session) -> Sequence[str]:
    """Return the archives whose files are the last of their consultation: all others may go."""
    last: dict[str, str] = {}
    for row in session.execute(queries.kept()):
        last.setdefault(row.consultation_id, row.id)
    return list(last.values())


def _claim(session: Session, aid: Aid, *, now: datetime) -> bool:
    return _change(session, aid, {"state": "running", "done": 0, "beat_at": now})


def _end(session: Session, aid: Aid, state: str, *, now: datetime) -> bool:
    done = {"done": PARTS} if state == "done" else {}
    if not _change(session, aid, {"state": state, "ended_at": now, "beat_at": now, **done}):
        return False
    _record(session, f"archive.{'made' if done else 'failed'}", aid, SYSTEM, now)
    return True


def _change(session: Session, aid: Aid, values: dict[str, object]) -> bool:
    """Change an archive that is still as it was read: two makers never both hold it."""
    same_beat = Aid.beat_at.is_(None) if aid.beat_at is None else Aid.beat_at == aid.beat_at
    changed = session.execute(
        update(Aid)
        .where(Aid.id == aid.id, Aid.state == aid.state, same_beat)
        .values(**values)
        .returning(Aid.id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if changed is not None:
        session.refresh(aid)
    return changed is not None


def _record(session: Session, act: str, aid: Aid, actor: str, now: datetime) -> None:
    subject, consultation_id = f"aid:{aid.id}", aid.consultation_id
    journal.record(session, act, subject, actor=actor, now=now, consultation_id=consultation_id)
