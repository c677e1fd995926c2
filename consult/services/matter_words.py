"""The words of a matter: its text and the versions before, what rooms say, who adopts it too."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from ..domain import clean, searching
from ..domain.errors import RuleBroken
from ..domain.matters import table
from ..models import Matter, MatterEndorsement, MatterMessage, MatterStop, MatterText
from . import journal, matter_states, matters

MESSAGE_LIMIT, MOST_MESSAGES = 2_000, 500
REWORDED = frozenset({table.DRAFT, table.OPEN, table.REVIEW, table.RETURNED})
ADOPTED = frozenset({table.ADOPTED, table.ADAPTED, table.PILOT})


def reword(
    session: Session,
    matter_id: str,
    words: matters.Words,
    by: matters.By,
    *,
    seen: str,
    now: datetime,
) -> Matter:
    """Write another version of the text, as the room that holds the matter.

    Raises matter-not-yours (403), matter-move-unknown and stale (409), and what words lack.
    """
    matter = matter_states.hold(session, matter_id)
    if matter.room_id != by.room_id:
        raise RuleBroken("matter-not-yours", 403)
    if matter.stage not in REWORDED:
        raise RuleBroken("matter-move-unknown", 409)
    if seen != matters.stamp(matter):
        raise RuleBroken("stale", 409)
    title = clean.line(words.title, matters.TITLE_LIMIT, required="matter-title-missing")
    body = clean.text(words.body, matters.BODY_LIMIT, required="matter-body-missing")
    matter.text_version += 1
    matter.title, matter.search = title, searching.normalise(f"{title} {body}")
    matter.updated_at = now
    facts = {"version": matter.text_version, "title": title, "body": body}
    session.add(MatterText(matter_id=matter.id, room_id=by.room_id, at=now, **facts))
    session.flush()
    _record(session, "matter.reworded", matter.id, by.account_id, now, room=by.room_id)
    return matter


def say(
    session: Session,
    matter_id: str,
    body: object,
    *,
    room_id: str | None,
    account_id: str,
    now: datetime,
) -> MatterMessage:
    """Say something to the other rooms of a matter; where it stands does not change.

    Raises message-empty, matter-not-yours (403) for a room that neither held nor carries it, and
    messages-too-many (409).
    """
    said = clean.text(body, MESSAGE_LIMIT, required="message-empty")
    held = select(MatterStop.room_id).where(MatterStop.matter_id == matter_id)
    backs = select(MatterEndorsement.room_id).where(MatterEndorsement.matter_id == matter_id)
    if room_id not in set(session.scalars(held)) | set(session.scalars(backs)):
        raise RuleBroken("matter-not-yours", 403)
    count = select(func.count()).where(MatterMessage.matter_id == matter_id)
    if (session.scalar(count) or 0) >= MOST_MESSAGES:
        raise RuleBroken("messages-too-many", 409, max=MOST_MESSAGES)
    about = {"matter_id": matter_id, "room_id": room_id, "account_id": account_id}
    message = MatterMessage(**about, body=said, at=now)
    session.add(message)
    session.flush()
    _record(session, "matter.said", matter_id, account_id, now, room=room_id)
    return message


def adopt(
    session: Session, matter_id: str, *, room_id: str, account_id: str, now: datetime
) -> None:
    """Adopt the text of a matter in a room that carries it, once it is adopted elsewhere.

    Raises matter-move-unknown (409) for what is not adopted, and for what the room adopted before
    or does not carry.
    """
    matter = matter_states.hold(session, matter_id)
    done: Any = None
    if matter.outcome in ADOPTED:
        done = session.execute(
            update(MatterEndorsement)
            .where(
                MatterEndorsement.matter_id == matter_id,
                MatterEndorsement.room_id == room_id,
                MatterEndorsement.adopted_at.is_(None),
            )
            .values(adopted_at=now, adopted_version=matter.text_version)
            .execution_options(synchronize_session=False)
        )
    if done is None or done.rowcount != 1:
        raise RuleBroken("matter-move-unknown", 409)
    matter.updated_at = now
    _record(session, "matter.adopted", matter_id, account_id, now, room=room_id)


def _record(
    session: Session, name: str, matter_id: str, account_id: str, now: datetime, **facts: Any
) -> None:
    subject, actor = f"matter:{matter_id}", f"account:{account_id}"
    journal.record(session, name, subject, actor=actor, now=now, **facts)
