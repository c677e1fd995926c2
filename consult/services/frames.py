"""What a room sends down: published, changed, withdrawn; how each room below receives it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain import clean
from ..domain import frames as rules
from ..domain.errors import RuleBroken
from ..models import Frame, FrameReception, FrameVersion, Room, new_id
from ..queries import frames as queries
from ..queries.rooms import Reader
from . import inserting, journal


@dataclass(frozen=True)
class Facts:
    """What is said of a frame: its words, the date that rooms answer by."""

    kind: object
    title: object
    body: object
    due_at: datetime | None


def publish(
    session: Session,
    room: Room,
    facts: Facts,
    *,
    chosen: Sequence[str] | None,
    actor: str,
    now: datetime,
) -> Frame:
    """Send a frame down to the rooms below, to `chosen` ones or, when None, to all of them.

    Raises frame-kind-unknown, title-missing, frame-empty, date-missing, frame-due-past,
    frame-due-far, frame-nobody-below (409), and frame-rooms-missing or frame-room-elsewhere for a
    choice that is empty or holds a room that is not below.
    """
    values = _read(facts, now)
    below = set(session.scalars(queries.below(room.id, Reader(sees_all=True))))
    if not below:
        raise RuleBroken("frame-nobody-below", 409)
    if chosen is not None and not chosen:
        raise RuleBroken("frame-rooms-missing")
    if not set(chosen or ()) <= below:
        raise RuleBroken("frame-room-elsewhere")
    instants = {"created_at": now, "updated_at": now}
    for_all = chosen is None
    frame = Frame(
        id=new_id(), room_id=room.id, for_all=for_all, version=1, withdrawn_reason="",
        **values, **instants,
    )  # fmt: skip
    session.add(frame)
    session.flush()
    for room_id in dict.fromkeys(chosen or ()):
        session.add(FrameReception(**_waiting(frame, room_id)))
    session.flush()
    _record(session, "frame.published", frame, actor, now, kind=frame.kind)
    return frame


@dataclass(frozen=True)
class Change:
    """A new text for a frame: its words, why, and the version that it replaces."""

    facts: Facts
    reason: object
    version: object


def revise(session: Session, frame: Frame, change: Change, *, actor: str, now: datetime) -> None:
    """Send a new version down: every room receives it anew, the earlier text is kept.

    Raises what `publish` does of the words, frame-reason-missing, frame-same when nothing changes,
    frame-withdrawn (409), and stale (409) when someone else has changed it.
    """
    values = _read(change.facts, now)
    said = clean.text(change.reason, rules.REASON_LIMIT, required="frame-reason-missing")
    _hold(session, frame)
    if change.version != str(frame.version):
        raise RuleBroken("stale", 409)
    if all(getattr(frame, name) == value for name, value in values.items()):
        raise RuleBroken("frame-same")
    kept = {name: getattr(frame, name) for name in ("version", *values)}
    session.add(FrameVersion(frame_id=frame.id, reason=said, created_at=frame.updated_at, **kept))
    for name, value in values.items():
        setattr(frame, name, value)
    frame.version += 1
    frame.updated_at = now
    session.flush()
    _record(session, "frame.revised", frame, actor, now, version=frame.version)


def withdraw(
    session: Session, frame: Frame, *, reason: object, version: object, actor: str, now: datetime
) -> None:
    """Withdraw a frame and say why; raises frame-withdrawn and stale (409)."""
    said = clean.text(reason, rules.REASON_LIMIT, required="frame-reason-missing")
    _hold(session, frame)
    if version != str(frame.version):
        raise RuleBroken("stale", 409)
    frame.withdrawn_at, frame.withdrawn_reason = now, said
    session.flush()
    _record(session, "frame.withdrawn", frame, actor, now, version=frame.version)


@dataclass(frozen=True)
class Said:
    """What a room says of a frame: which version it read, what it does with it, its words."""

    version: object
    state: object
    note: object = ""


def receive(
    session: Session, frame: Frame, room: Room, said: Said, *, account_id: str, now: datetime
) -> FrameReception:
    """Note what a room does with a frame; the same twice is noted once.

    A room that somebody runs answers for itself; while nobody does, the room above answers.
    Raises reception-unknown, reception-note-missing, frame-elsewhere (404) for a room that it is
    not for, reception-not-yours (403), frame-withdrawn, stale and reception-further (409).
    """
    state = rules.state(said.state)
    words = rules.note(state, said.note)
    _hold(session, frame)
    _check_room(session, frame, room)
    runs = session.scalars(queries.facilitators(room.id)).all()
    if runs and account_id not in runs:
        raise RuleBroken("reception-not-yours", 403)
    if said.version != str(frame.version):
        raise RuleBroken("stale", 409)
    inserting.once(session, FrameReception, _waiting(frame, room.id))
    held = _held(session, frame, room)
    rules.check_move(held.state, state)
    if (held.state, held.note) == (state, words):
        return held
    held.state, held.note = state, words
    held.account_id, held.decided_at = account_id, now
    held.reply, held.replied_at = "", None
    session.flush()
    facts = {"room": room.id, "state": state, "version": frame.version}
    _record(session, "frame.received", frame, f"account:{account_id}", now, **facts)
    return held


def reply(
    session: Session, frame: Frame, room: Room, *, words: object, actor: str, now: datetime
) -> None:
    """Answer the question that a room asked about a frame.

    Raises frame-reply-missing, frame-elsewhere (404), frame-withdrawn and frame-not-asked (409).
    """
    text = clean.text(words, rules.NOTE_LIMIT, required="frame-reply-missing")
    _hold(session, frame)
    _check_room(session, frame, room)
    held = session.get(FrameReception, (frame.id, room.id, frame.version), populate_existing=True)
    if held is None or held.state != rules.ASKED:
        raise RuleBroken("frame-not-asked", 409)
    held.reply, held.replied_at = text, now
    session.flush()
    _record(session, "frame.replied", frame, actor, now, room=room.id, version=frame.version)


def _read(facts: Facts, now: datetime) -> dict[str, Any]:
    return {
        "kind": rules.kind(facts.kind),
        "title": clean.line(facts.title, rules.TITLE_LIMIT, required="title-missing"),
        "body": clean.text(facts.body, required="frame-empty"),
        "due_at": rules.check_due(facts.due_at, now),
    }


def _hold(session: Session, frame: Frame) -> None:
    """Keep a frame for oneself until the commit; frame-withdrawn (409) once it no longer holds."""
    session.refresh(frame, with_for_update=True)
    if frame.withdrawn_at is not None:
        raise RuleBroken("frame-withdrawn", 409)


def _check_room(session: Session, frame: Frame, room: Room) -> None:
    is_for = queries.addressed(frame.id, frame.room_id, for_all=frame.for_all)
    if session.scalar(select(Room.id).where(Room.id == room.id, is_for)) is None:
        raise RuleBroken("frame-elsewhere", 404)


def _held(session: Session, frame: Frame, room: Room) -> FrameReception:
    key = (frame.id, room.id, frame.version)
    return session.get_one(FrameReception, key, populate_existing=True)


def _waiting(frame: Frame, room_id: str) -> dict[str, Any]:
    return {
        "frame_id": frame.id,
        "room_id": room_id,
        "version": frame.version,
        "state": rules.WAITING,
        "note": "",
        "reply": "",
    }


def _record(
    session: Session, act: str, frame: Frame, actor: str, now: datetime, **facts: Any
) -> None:
    journal.record(session, act, f"frame:{frame.id}", actor=actor, now=now, **facts)
