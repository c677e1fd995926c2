"""Publish, hide or send back what people wrote, alone or together, and undo it for ten minutes.

Of two who decide at once, one wins. What is decided together is decided whole or not at all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, or_, select, tuple_
from sqlalchemy.orm import Session

from ..domain import clean, moderation
from ..domain.errors import RuleBroken
from ..models import Decision, PassedOn, new_id
from ..queries import moderation as queues
from . import inserting, journal, moderated, reports, second_readings
from .moderated import Held, Move


@dataclass(frozen=True)
class Seen:
    """A text as whoever decides read it."""

    item_id: str
    version: int
    state: str


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
        text = texts[one.item_id]
        decision = _decision(one, text, choice, by=by, now=now)
        decision.batch_id = batch_id
        _apply(session, text, decision)
        session.add(decision)
        made.append(decision)
        kept = decision.from_state == decision.to_state
        act = "kept" if kept else decision.to_state.replace("_", "-")
        _record(session, act, text, decision, now)
        _answer(session, text.item, decision)
    session.execute(_passed(list(texts)).execution_options(synchronize_session=False))
    session.flush()
    return made


def _passed(ids: list[str]) -> Any:
    return delete(PassedOn).where(or_(PassedOn.statement_id.in_(ids), PassedOn.project_id.in_(ids)))


def _decision(
    one: Seen, text: Held, choice: Choice, *, by: queues.Moderator, now: datetime
) -> Decision:
    """Return the decision that a choice makes about a text, if its state allows it."""
    state, reason = moderation.decide(one.state, choice.decision, choice.reason)
    return Decision(
        id=new_id(),
        **moderated.key(text.item),
        version=one.version,
        from_state=one.state,
        from_reason=text.family.reason_of(text.item),
        from_published_at=text.family.published_at(text.item),
        to_state=state,
        reason=reason,
        note="" if state == "published" else choice.note,
        account_id=by.account_id,
        role=text.role,
        room_id=text.room_id,
        decided_at=now,
    )


def _answer(session: Session, item: Any, decision: Decision) -> None:
    """Answer those who reported the text; what was to be read a second time is settled."""
    session.flush()
    reports.decided(session, item, decision)
    second_readings.end(session, item.id, now=decision.decided_at)


def undo(session: Session, batch_id: str, *, by: queues.Moderator, now: datetime) -> list[Decision]:
    """Give back to each text of one's batch the state it had; return the decisions undone.

    Raises batch-unknown (404), undo-done or undo-late (409), and undo-changed (409) when a
    text was corrected or decided about since: then none is given back.
    """
    query = select(Decision).where(
        Decision.batch_id == batch_id, Decision.account_id == by.account_id
    )
    query = query.order_by(Decision.statement_id, Decision.project_id).with_for_update()
    decisions = session.scalars(query).all()
    if not decisions:
        raise RuleBroken("batch-unknown", 404)
    for decision in decisions:
        moderation.may_undo(decision.decided_at, decision.undone_at, now)
    texts = _in_reach(session, [decision.item_id for decision in decisions], by)
    if len(texts) < len(decisions):
        raise RuleBroken("batch-unknown", 404)
    changed = [one.item_id for one in decisions if not _give_back(session, texts[one.item_id], one)]
    if changed:
        raise RuleBroken("undo-changed", 409, texts=changed)
    for decision in decisions:
        decision.undone_at = now
        reports.reopen(session, decision.id)
        second_readings.end(session, decision.item_id, now=now)
        _record(session, "decision-undone", texts[decision.item_id], decision, now)
    session.flush()
    return list(decisions)


def pass_on(session: Session, seen: Sequence[Seen], *, by: queues.Moderator, now: datetime) -> None:
    """Leave texts to a colleague: they go out of one's own queue, and stay in that of others."""
    texts = held(session, seen, by=by)
    refuse_stale(texts, seen)
    for text in texts.values():
        left = {**moderated.key(text.item), "account_id": by.account_id, "passed_at": now}
        if inserting.once(session, PassedOn, {"id": new_id(), **left}):
            _note(session, "passed-on", text.item, by.actor, now, role=text.role)


def refuse(session: Session, ids: Iterable[str], *, by: queues.Moderator, now: datetime) -> None:
    """Note in the journal that someone tried to decide about texts that are not theirs."""
    wanted = list(ids)
    for family in queues.FAMILIES:
        known = select(family.ITEM).where(family.ITEM.id.in_(wanted)).order_by(family.ITEM.id)
        for item in session.scalars(known):
            _note(session, "decision-refused", item, by.actor, now)


def held(session: Session, seen: Sequence[Seen], *, by: queues.Moderator) -> dict[str, Held]:
    """Return the texts to decide about, each with the role they are decided in.

    Raises texts-missing without any, texts-too-many, text-elsewhere (404).
    """
    ids = [one.item_id for one in seen]
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
        one.item_id for one in seen if (one.state, one.version) != _present(texts[one.item_id])
    ]
    if stale:
        raise RuleBroken("decision-done", 409, texts=stale)


def _present(text: Held) -> tuple[str, int]:
    return text.family.state_of(text.item), text.item.version


def _in_reach(session: Session, ids: Sequence[str], by: queues.Moderator) -> dict[str, Held]:
    """Read again the texts that someone may decide about, and hold them until the end."""
    found: dict[str, Held] = {}
    for family in moderated.families():
        left = [one for one in ids if one not in found]
        found |= family.hold(session, left, by) if left else {}
    return found


def _apply(session: Session, text: Held, decision: Decision) -> None:
    """Change the state of a text, if it still is what was read."""
    public = decision.to_state == "published"
    since = text.family.published_at(text.item)
    move = Move(
        decision.from_state,
        decision.to_state,
        decision.reason,
        published_at=since or (decision.decided_at if public else None),
        conditions=(text.family.ASKS.ITEM.version == decision.version,),
    )
    if not text.family.move(session, text.item, move):
        raise RuleBroken("decision-done", 409, texts=[text.item.id])


def _give_back(session: Session, text: Held, decision: Decision) -> bool:
    """Give a text the state it had before a decision, unless it was changed or decided since."""
    key, item = text.family.ASKS.KEY, text.family.ASKS.ITEM
    later = exists().where(
        getattr(Decision, key) == text.item.id,
        Decision.undone_at.is_(None),
        tuple_(Decision.decided_at, Decision.id) > tuple_(decision.decided_at, decision.id),
    )
    same = text.family.reason_of(text.item) == decision.reason
    move = Move(
        decision.to_state,
        decision.from_state,
        decision.from_reason,
        published_at=decision.from_published_at,
        conditions=(item.version == decision.version, ~later),
    )
    return same and bool(text.family.move(session, text.item, move))


def _record(session: Session, act: str, text: Held, decision: Decision, now: datetime) -> None:
    facts = {"reason": decision.reason} if decision.reason else {}
    facts |= {"batch": decision.batch_id, "role": decision.role}
    _note(session, act, text.item, f"account:{decision.account_id}", now, **facts)


def _note(session: Session, act: str, item: Any, actor: str, now: datetime, **facts: str) -> None:
    name = moderated.of(item).NAME
    journal.record(
        session,
        f"{name}.{act}",
        f"{name}:{item.id}",
        actor=actor,
        now=now,
        consultation_id=getattr(item, "consultation_id", None),
        **facts,
    )
