"""What a room keeps: its documents and decisions, and what people committed to."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, update
from sqlalchemy.orm import Session

from ..domain import clean, searching
from ..domain import registers as rules
from ..domain.errors import RuleBroken
from ..models import Commitment, RoomDocument, new_id
from ..queries import room_files
from . import holding, rooms

TITLE_LIMIT = 200


def add(
    session: Session,
    room_id: str,
    values: Mapping[str, object],
    *,
    dated_on: date,
    actor: str,
    now: datetime,
) -> RoomDocument:
    """Add a decision, a resource, a road map or the charter: a text, the address of one, or both.

    A file may do instead (`has_file`), which the caller joins in the same transaction. Raises
    document-kind-unknown, document-title-missing, document-empty, link-unreadable.
    """
    return keep(
        session,
        room_id,
        {**values, "kind": rules.kind(values.get("kind"))},
        dated_on=dated_on,
        actor=actor,
        now=now,
    )


def keep(
    session: Session,
    room_id: str,
    values: Mapping[str, Any],
    *,
    dated_on: date,
    actor: str,
    now: datetime,
) -> RoomDocument:
    """Write a document of any kind, as `add` does for what is added by hand."""
    title, body, link = read(values)
    document = RoomDocument(
        id=new_id(),
        room_id=room_id,
        event_id=values.get("event_id") or None,
        kind=values["kind"],
        title=title,
        body=body,
        link=link,
        search=searching.normalise(f"{title} {body}"),
        dated_on=dated_on,
        created_at=now,
    )
    session.add(document)
    session.flush()
    facts = {"document": document.id, "kind": document.kind}
    rooms.note(session, "document.written", room_id, actor=actor, now=now, **facts)
    return document


def read(values: Mapping[str, object]) -> tuple[str, str, str]:
    """Read the title, the text and the address of a document."""
    title = clean.line(values.get("title"), TITLE_LIMIT, required="document-title-missing")
    body, link = clean.text(values.get("body")), clean.link(values.get("link"))
    if not body and not link and not values.get("has_file"):
        raise RuleBroken("document-empty")
    return title, body, link


def rewrite(
    session: Session,
    document: RoomDocument,
    values: Mapping[str, object],
    *,
    actor: str,
    now: datetime,
) -> None:
    """Write a document again, and say so; whoever calls holds it."""
    document.title, document.body, document.link = read(values)
    document.search = searching.normalise(f"{document.title} {document.body}")
    document.version += 1
    document.corrected_at = now
    session.flush()
    facts = {"document": document.id, "kind": document.kind}
    rooms.note(session, "document.rewritten", document.room_id, actor=actor, now=now, **facts)


def correct(
    session: Session,
    document: RoomDocument,
    values: Mapping[str, Any],
    *,
    version: object,
    actor: str,
    now: datetime,
) -> None:
    """Correct what was added by hand; without a date, its date stays.

    Raises stale (409) when someone else did meanwhile, taken-away (404), and what `add` raises.
    """
    kind = rules.kind(values.get("kind"))
    holding.row(session, document)
    if version != str(document.version):
        raise RuleBroken("stale", 409)
    document.kind, document.dated_on = kind, values.get("dated_on") or document.dated_on
    document.event_id = values.get("event_id") or None
    joined = session.scalar(room_files.of(document).with_only_columns(func.count()).order_by(None))
    rewrite(session, document, {**values, "has_file": joined}, actor=actor, now=now)


def remove(session: Session, document: RoomDocument, *, actor: str, now: datetime) -> None:
    """Take a document away."""
    room_id, facts = document.room_id, {"document": document.id, "kind": document.kind}
    session.delete(document)
    rooms.note(session, "document.taken", room_id, actor=actor, now=now, **facts)


def commit_to(
    session: Session,
    room_id: str,
    values: Mapping[str, object],
    *,
    due_on: date | None,
    actor: str,
    now: datetime,
) -> Commitment:
    """Write who does what, by when; commitment-what-missing, commitment-who-missing."""
    what = clean.line(values.get("what"), 300, required="commitment-what-missing")
    made = Commitment(
        id=new_id(),
        room_id=room_id,
        what=what,
        search=searching.normalise(what),
        who=clean.line(values.get("who"), 120, required="commitment-who-missing"),
        due_on=due_on,
        created_at=now,
    )
    session.add(made)
    session.flush()
    rooms.note(session, "commitment.made", room_id, actor=actor, now=now, commitment=made.id)
    return made


def mark_kept(
    session: Session, commitment: Commitment, today: date, *, actor: str, now: datetime
) -> None:
    """Say that a commitment is kept, once; commitment-kept (409)."""
    done: Any = session.execute(
        update(Commitment)
        .where(Commitment.id == commitment.id, Commitment.kept_on.is_(None))
        .values(kept_on=today)
    )
    if done.rowcount != 1:
        raise RuleBroken("commitment-kept", 409)
    facts = {"commitment": commitment.id}
    rooms.note(session, "commitment.kept", commitment.room_id, actor=actor, now=now, **facts)
