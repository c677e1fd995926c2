"""Second readings: asked once by the author, decided by someone else than the first time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from ..domain import second_readings as rules
from ..domain.errors import RuleBroken
from ..models import Decision, Room, SecondReading
from ..queries import moderation as queues
from ..queries import second_readings as queries
from . import inserting, journal, moderated, reports


@dataclass(frozen=True)
class Verdict:
    """What is decided the second time, and why."""

    outcome: object
    reason: object


def ask(session: Session, item: Any, *, words: object, actor: str, now: datetime) -> SecondReading:
    """Ask that the decision in force about a text be read again, by the room above.

    Raises second-reading-nothing, second-reading-late, second-reading-asked (409).
    """
    said = rules.words(words)
    family = moderated.of(item)
    family.claim(session, item)
    state = family.state_of(item)
    decision = session.scalar(queues.in_force(family.ASKS, item.id))
    if decision is None or decision.to_state != state:
        raise RuleBroken("second-reading-nothing", 409)
    rules.may_ask(state, decision.decided_at, now)
    values = {
        "decision_id": decision.id,
        **moderated.key(item),
        "room_id": session.scalar(select(Room.parent_id).where(Room.id == decision.room_id)),
        "words": said,
        "asked_at": now,
        "due_at": now + rules.DELAY,
        "reason": "",
        "role": "",
    }
    if not inserting.once(session, SecondReading, values):
        raise RuleBroken("second-reading-asked", 409)
    _record(session, "asked", item, actor, now, decision=decision.id)
    return session.get_one(SecondReading, decision.id)


def decide(
    session: Session,
    decision_id: str,
    verdict: Verdict,
    *,
    by: queues.Moderator,
    now: datetime,
) -> tuple[Any, SecondReading]:
    """Confirm or overturn a decision, as someone else than whoever took it.

    Return the text and its second reading. Raises second-reading-unknown (404),
    second-reading-own or second-reading-elsewhere (403), second-reading-done (409),
    verdict-missing and verdict-reason-missing.
    """
    row = session.execute(queries.one(decision_id, by)).one_or_none()
    if row is None:
        raise RuleBroken("second-reading-unknown", 404)
    if not row.theirs:
        own = row.Decision.account_id == by.account_id
        raise RuleBroken("second-reading-own" if own else "second-reading-elsewhere", 403)
    outcome, reason = rules.verdict(verdict.outcome, verdict.reason)
    item = row.Statement or row.Project
    family = moderated.of(item)
    family.claim(session, item)
    asked = select(family.ASKS.role_here(by)).select_from(family.ASKS.ITEM)
    role = session.scalar(asked.where(family.ASKS.ITEM.id == item.id)) or ""
    said = {"outcome": outcome, "reason": reason, "account_id": by.account_id, "role": role}
    _settle(session, decision_id, said, now)
    if outcome == rules.OVERTURNED:
        _publish(session, item, row.Decision, now)
    _record(session, outcome, item, by.actor, now, decision=decision_id, role=role)
    reading = row.SecondReading
    session.refresh(reading)
    return item, reading


def end(session: Session, item_id: str, *, now: datetime) -> None:
    """End the second reading of a text that was corrected, withdrawn or decided about again."""
    about = or_(SecondReading.statement_id == item_id, SecondReading.project_id == item_id)
    session.execute(
        update(SecondReading)
        .where(about, SecondReading.decided_at.is_(None))
        .values(outcome=rules.ENDED, decided_at=now)
        .execution_options(synchronize_session=False)
    )


def _settle(session: Session, decision_id: str, values: dict[str, Any], now: datetime) -> None:
    done: Any = session.execute(
        update(SecondReading)
        .where(SecondReading.decision_id == decision_id, SecondReading.decided_at.is_(None))
        .values(decided_at=now, **values)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:
        raise RuleBroken("second-reading-done", 409)


def _publish(session: Session, item: Any, decision: Decision, now: datetime) -> None:
    """Make a text public again, if it still is what the first decision made of it."""
    family = moderated.of(item)
    since = family.published_at(item) or now
    move = moderated.Move(decision.to_state, "published", "", published_at=since)
    if not family.move(session, item, move):
        raise RuleBroken("second-reading-done", 409)
    reports.overturned(session, decision.id)


def _record(session: Session, act: str, item: Any, actor: str, now: datetime, **facts: str) -> None:
    journal.record(
        session,
        f"second-reading.{act}",
        f"{moderated.of(item).NAME}:{item.id}",
        actor=actor,
        now=now,
        consultation_id=getattr(item, "consultation_id", None),
        **facts,
    )
