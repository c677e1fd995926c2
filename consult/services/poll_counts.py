"""The count of a vote: made once after the close, published with every ballot and receipt."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ..domain import polls as rules
from ..domain import recount
from ..models import Poll, PollCount, PollUrn, Room
from ..queries import polls as queries
from . import poll_purposes, polls

SUMMED = ("electors", "turnout", "result", "outcome")


def count(session: Session, poll_id: str, *, now: datetime) -> bool:
    """Count a vote that is over, publish it and do what it is for; tell whether it was done now.

    Whoever counts holds the vote: a second worker finds it counted. What is counted stays so,
    even if the clock goes back before the close.
    """
    poll = polls.hold(session, poll_id)
    over = poll.cancelled_at is None and poll.counted_at is None and poll.closes_at <= now
    if not over or poll.opened_at is None:
        return False
    content = recount.counted(_about(session, poll), _entries(session, poll))
    text = recount.written(content)
    summary = {name: json.loads(text)[name] for name in SUMMED}
    digest = recount.digest(text)
    made = PollCount(poll_id=poll.id, summary=summary, content=text, digest=digest)
    session.add(made)
    poll.counted_at = now
    outcome = outcome_of(summary)
    facts = {"digest": digest, "electors": outcome.electors, "turnout": outcome.turnout}
    polls.record(session, "poll.counted", poll, polls.SYSTEM, now, **facts)
    session.flush()  # a purpose reads the count
    effect = poll_purposes.of(poll).act(session, poll, outcome, now=now)
    poll.effect = effect.told() if effect else None
    session.flush()
    return True


def outcome_of(summary: dict[str, Any]) -> rules.Outcome:
    """Return what a count decides."""
    told = summary["outcome"]
    return rules.Outcome(
        electors=summary["electors"],
        turnout=summary["turnout"],
        abstentions=told["abstentions"],
        needed=told["quorum_needed"],
        leaders=tuple(told["first"]),
        adopted=tuple(told["adopted"]),
    )


def ballot_of(content: str, mark: str) -> dict[str, Any] | None:
    """Return the entry of a published file that bears the mark of a receipt."""
    return next((one for one in json.loads(content)["ballots"] if one["receipt"] == mark), None)


def _about(session: Session, poll: Poll) -> dict[str, Any]:
    room = session.get_one(Room, poll.room_id)
    return {
        "poll": {
            "id": poll.id,
            "room": room.name,
            "question": poll.question,
            "secret": poll.is_secret,
            "opened_at": poll.opens_at.isoformat(),
            "closed_at": poll.closes_at.isoformat(),
        },
        "kind": poll.kind,
        "paper": poll.paper,
        "rule": poll.rule,
        "quorum": poll.quorum,
        "electors": poll.electors,
    }


def _entries(session: Session, poll: Poll) -> list[dict[str, Any]]:
    if poll.is_secret:
        held = session.get_one(PollUrn, poll.id, populate_existing=True).ballots["ballots"]
        rows = [(one["name"], one["receipt"], one["said"]) for one in held]
    else:
        cast = session.scalars(queries.cast(poll.id)).all()
        rows = [(one.name, one.receipt, one.said) for one in cast]
    return [{"id": name, "receipt": mark, "ballot": said["ballot"]} for name, mark, said in rows]
