"""Publish, hide or send back what people wrote, alone or together, and undo it for ten minutes.

Of two who decide at once, one wins. What is decided together is decided whole or not at all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, exists, select, tuple_, update
from sqlalchemy.orm import Session

from ..domain import clean, moderation
from ..domain.errors import RuleBroken
from ..models import Decision, PassedOn, Statement, new_id
from ..queries import moderation as queues
from ..queries import rooms
from . import inserting, journal


@dataclass(frozen=True)
class Seen:
    """A text as whoever decides read it."""

    statement_id: str
    version: int
    state: str


class Held(NamedTuple):
    """A text to decide about, the role it is decided in, and the room that reads its place."""

    statement: Statement
    role: str
    room_id: str | None


@dataclass(frozen=True)
class Choice:
    """What is decided, for which reason, and what the author is told besides."""

    decision: str
    reason: str = ""
    note: object = ""


def decide(
    session: Session,
    seen: Sequence[Seen],
    *,
    choice: Choice,
    by: queues.Moderator,
    now: datetime,
) -> list[Decision]:
    """Decide about one text or several, in one batch; return the decisions.

    Raises text-elsewhere (404) when one is not theirs to decide about, decision-done (409) when
    one is no longer as it was read; both name them in the fact `texts`, and nothing is changed.
    """
    choice = replace(choice, note=clean.text(choice.note, moderation.NOTE_LIMIT))
    texts = held(session, seen, by=by)
    refuse_stale(texts, seen)
    batch_id = new_id()
    made = []
    for one in seen:
        text = texts[one.statement_id]
        decision = _decision(one, text, choice, by=by, now=now)
        decision.batch_id = batch_id
        _apply(session, text.statement, decision)
        session.add(decision)
        made.append(decision)
        act = decision.to_state.replace("_", "-")
        _record(session, f"statement.{act}", text.statement, decision, now)
    gone = delete(PassedOn).where(PassedOn.statement_id.in_(list(texts)))
    session.execute(gone.execution_options(synchronize_session=False))
    session.flush()
    return made


def _decision(
    one: Seen, text: Held, choice: Choice, *, by: queues.Moderator, now: datetime
) -> Decision:
    """Return the decision that a choice makes about a text, if its state allows it."""
    state, reason = moderation.decide(one.state, choice.decision, choice.reason)
    return Decision(
        id=new_id(),
        statement_id=text.statement.id,
        version=one.version,
        from_state=one.state,
        from_reason=text.statement.state_reason,
        from_published_at=text.statement.published_at,
        to_state=state,
        reason=reason,
        note="" if state == "published" else choice.note,
        account_id=by.account_id,
        role=text.role,
        room_id=text.room_id,
        decided_at=now,
    )


def undo(session: Session, batch_id: str, *, by: queues.Moderator, now: datetime) -> list[Decision]:
    """Give back to each text of one's batch the state it had; return the decisions undone.

    Raises batch-unknown (404), undo-done or undo-late (409), and undo-changed (409) when a
    text was corrected or decided about since: then none is given back.
    """
    query = select(Decision).where(
        Decision.batch_id == batch_id, Decision.account_id == by.account_id
    )
    decisions = session.scalars(query.order_by(Decision.statement_id).with_for_update()).all()
    if not decisions:
        raise RuleBroken("batch-unknown", 404)
    for decision in decisions:
        moderation.may_undo(decision.decided_at, decision.undone_at, now)
    texts = _in_reach(session, [decision.statement_id for decision in decisions], by)
    if len(texts) < len(decisions):
        raise RuleBroken("batch-unknown", 404)
    if changed := [one.statement_id for one in decisions if not _give_back(session, one)]:
        raise RuleBroken("undo-changed", 409, texts=changed)
    for decision in decisions:
        statement = texts[decision.statement_id].statement
        decision.undone_at = now
        session.refresh(statement)
        _record(session, "statement.decision-undone", statement, decision, now)
    session.flush()
    return list(decisions)


def pass_on(session: Session, seen: Sequence[Seen], *, by: queues.Moderator, now: datetime) -> None:
    """Leave texts to a colleague: they go out of one's own queue, and stay in that of others."""
    texts = held(session, seen, by=by)
    refuse_stale(texts, seen)
    for statement, role, _room in texts.values():
        values = {"statement_id": statement.id, "account_id": by.account_id, "passed_at": now}
        if inserting.once(session, PassedOn, values):
            journal.record(
                session,
                "statement.passed-on",
                f"statement:{statement.id}",
                actor=by.actor,
                now=now,
                consultation_id=statement.consultation_id,
                role=role,
            )


def refuse(session: Session, ids: Iterable[str], *, by: queues.Moderator, now: datetime) -> None:
    """Note in the journal that someone tried to decide about texts that are not theirs."""
    query = select(Statement.id, Statement.consultation_id).where(Statement.id.in_(list(ids)))
    for row in session.execute(query):
        journal.record(
            session,
            "statement.decision-refused",
            f"statement:{row.id}",
            actor=by.actor,
            now=now,
            consultation_id=row.consultation_id,
        )


def held(session: Session, seen: Sequence[Seen], *, by: queues.Moderator) -> dict[str, Held]:
    """Return the texts to decide about, each with the role they are decided in.

    Raises texts-missing without any, texts-too-many, text-elsewhere (404).
    """
    ids = [one.statement_id for one in seen]
    if not ids:
        raise RuleBroken("texts-missing")
    if len(ids) > moderation.MOST_AT_ONCE:
        raise RuleBroken("texts-too-many", max=moderation.MOST_AT_ONCE)
    if len(set(ids)) < len(ids):
        raise RuleBroken("texts-twice")
    texts = _in_reach(session, ids, by)
    if missing := [one for one in ids if one not in texts]:
        raise RuleBroken("text-elsewhere", 404, texts=missing)
    return texts


def refuse_stale(texts: Mapping[str, Held], seen: Sequence[Seen]) -> None:
    """Raise decision-done (409) when a text is no longer as it was read."""
    stale = [
        one.statement_id
        for one in seen
        if (one.state, one.version) != _present(texts[one.statement_id].statement)
    ]
    if stale:
        raise RuleBroken("decision-done", 409, texts=stale)


def _present(statement: Statement) -> tuple[str, int]:
    return statement.state, statement.version


def _in_reach(session: Session, ids: Sequence[str], by: queues.Moderator) -> dict[str, Held]:
    """Read again the texts that someone may decide about, and hold them until the end."""
    query = (
        select(Statement, queues.role_here(by), rooms.room_of())
        .where(Statement.id.in_(ids), queues.in_reach(by))
        .order_by(Statement.id)
        .with_for_update(of=Statement)
        .execution_options(populate_existing=True)
    )
    return {row[0].id: Held(*row) for row in session.execute(query)}


def _apply(session: Session, statement: Statement, decision: Decision) -> None:
    """Change the state of a text, if it still is what was read."""
    values: dict[str, Any] = {"state": decision.to_state, "state_reason": decision.reason}
    if decision.to_state == "published" and statement.published_at is None:
        values["published_at"] = decision.decided_at
    done: Any = session.execute(
        update(Statement)
        .where(
            Statement.id == statement.id,
            Statement.state == decision.from_state,
            Statement.version == decision.version,
        )
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:
        raise RuleBroken("decision-done", 409, texts=[statement.id])
    session.refresh(statement)


def _give_back(session: Session, decision: Decision) -> bool:
    """Give a text the state it had before a decision, unless it was changed or decided since."""
    later = exists().where(
        Decision.statement_id == decision.statement_id,
        Decision.undone_at.is_(None),
        tuple_(Decision.decided_at, Decision.id) > tuple_(decision.decided_at, decision.id),
    )
    done: Any = session.execute(
        update(Statement)
        .where(
            Statement.id == decision.statement_id,
            Statement.state == decision.to_state,
            Statement.state_reason == decision.reason,
            Statement.version == decision.version,
            ~later,
        )
        .values(
            state=decision.from_state,
            state_reason=decision.from_reason,
            published_at=decision.from_published_at,
        )
        .execution_options(synchronize_session=False)
    )
    return bool(done.rowcount == 1)


def _record(
    session: Session, act: str, statement: Statement, decision: Decision, now: datetime
) -> None:
    facts = {"reason": decision.reason} if decision.reason else {}
    journal.record(
        session,
        act,
        f"statement:{statement.id}",
        actor=f"account:{decision.account_id}",
        now=now,
        consultation_id=statement.consultation_id,
        batch=decision.batch_id,
        role=decision.role,
        **facts,
    )
