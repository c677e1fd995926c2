"""The life of a call: published with its terms locked, extended, given up, its draft deleted."""

import secrets
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ..domain import call_terms, clean, open_calls, split_records
from ..domain.errors import RuleBroken
from ..models import OpenCall, SplitDecision
from . import call_parts, pots

REASON_LIMIT = 2_000


def publish(session: Session, call: OpenCall, *, actor: str, now: datetime) -> None:
    """Show a call to everyone, its terms locked with the seed that will decide between equals.

    Raises call-already-published (409), call-not-ready (409) with how many points are missing, and
    pot-short (409).
    """
    call_parts.claim(session, call)
    if call.published_at is not None:
        raise RuleBroken("call-already-published", 409)
    found = call_parts.state(session, call)
    if missing := call_terms.missing(found, now):
        raise RuleBroken("call-not-ready", 409, missing=len(missing))
    call.seed = secrets.token_hex(32)
    names = ("one_per_carrier", "needs_two", "surplus", "conditions", "lines_above_cents")
    given = {name: getattr(call, name) for name in (*names, "seed")}
    call.terms = call_terms.locked(found, {"call": call.id, **given})
    call.terms_digest = split_records.digest(call.terms)
    call.published_at = now
    facts = {"terms": call.terms_digest, "seed": call.seed}
    call_parts.record(session, call, "call.published", actor=actor, now=now, **facts)
    pots.draw(session, call)


def extend(
    session: Session,
    call: OpenCall,
    *,
    closes_at: datetime | None,
    reason: object,
    actor: str,
    now: datetime,
) -> None:
    """Close later than was said, and say why; a call that has closed is not opened again."""
    said = clean.text(reason, REASON_LIMIT, required="extend-reason-missing")
    call_parts.claim(session, call)
    open_calls.require(call, frozenset({open_calls.COMING, open_calls.OPEN}), now)
    if closes_at is None:
        raise RuleBroken("date-missing")
    if call.closes_at is None or closes_at <= call.closes_at:
        raise RuleBroken("closing-earlier")
    call.first_closes_at = call.first_closes_at or call.closes_at
    call.closes_at, call.extended_reason = closes_at, said
    until = closes_at.isoformat()
    call_parts.record(session, call, "call.extended", actor=actor, now=now, closes_at=until)
    session.flush()


def cancel(session: Session, call: OpenCall, *, reason: object, actor: str, now: datetime) -> None:
    """Give a published call up, and say why.

    Raises call-draft and call-cancelled (409), call-shared (409) once a split is published.
    """
    said = clean.text(reason, REASON_LIMIT, required="cancel-reason-missing")
    call_parts.claim(session, call)
    given_up = {open_calls.DRAFT, open_calls.CANCELLED}
    open_calls.require(call, frozenset(open_calls.PHASES) - given_up, now)
    shared = select(SplitDecision.id).where(SplitDecision.call_id == call.id).limit(1)
    if session.scalar(shared) is not None:
        raise RuleBroken("call-shared", 409)
    call.cancelled_at, call.cancelled_reason = now, said
    call_parts.record(session, call, "call.cancelled", actor=actor, now=now)
    session.flush()


def delete_draft(session: Session, call: OpenCall, *, actor: str, now: datetime) -> None:
    """Delete a call that was never published, with all that hangs on it."""
    call_parts.claim(session, call)
    call_parts.require_draft(call)
    call_parts.record(session, call, "call.deleted", actor=actor, now=now)
    session.flush()
    session.execute(delete(OpenCall).where(OpenCall.id == call.id))
