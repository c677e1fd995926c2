"""Votes of a room: opened, cancelled before the first ballot, closed early with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from ..domain import ballots, clean, local_times, voting
from ..domain import polls as rules
from ..domain.errors import RuleBroken
from ..models import Poll, PollCandidate, PollElector, PollTurnout, PollUrn, Room, new_id
from ..queries import polls as queries
from . import inserting, journal, poll_purposes

SYSTEM = "system"
BETWEEN_REMINDERS = timedelta(hours=20)
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Facts:
    """What is said of a vote: the question, the kind of ballot, the dates in UTC."""

    question: object
    kind: object
    closes_at: datetime | None
    opens_at: datetime | None = None  # None: at once
    details: object = ""
    options: object = ""  # one a line
    rule: object = ""
    quorum: object = "none"
    is_secret: bool = False
    purpose: object = poll_purposes.DEFAULT
    about: str = ""  # the identifier of what the purpose is about
    said: Mapping[str, Any] = field(default_factory=dict)  # what the purpose asks for
    time_zone: str = "Europe/Paris"


def open_one(session: Session, room: Room, facts: Facts, *, actor: str, now: datetime) -> Poll:
    """Open a vote in a room, now or at a later date.

    Raises poll-question-missing, voting-method-unknown, rule-unknown, quorum-unknown,
    purpose-unknown, options-choices-few, -many and -twice, date-missing, poll-dates,
    electors-none, secret-too-few where a secret vote would be none, what its purpose raises, and
    poll-running (409) for a second vote of the room about the same thing, for the same end.
    """
    account_id = actor.removeprefix("account:") if actor != SYSTEM else None
    asked = poll_purposes.Asked(facts.about, facts.kind, facts.options, account_id, facts.said)
    bound = poll_purposes.bind(session, room, facts.purpose, asked, now=now)
    values = {
        "id": new_id(),
        "room_id": room.id,
        "created_at": now,
        "created_by_id": account_id,
        "is_secret": facts.is_secret,
        "subject": bound.subject,
        "purpose_facts": dict(bound.facts),
        "electors": 0,
        "ended_reason": "",
        **_read(facts, bound),
        **_dates(facts, now),
    }
    voters = session.scalars(queries.entitled(room.id, now)).all()
    if not voters:
        raise RuleBroken("electors-none")
    if facts.is_secret:
        rules.check_secret(len(voters))
    if not inserting.once(session, Poll, values):
        raise RuleBroken("poll-running", 409)
    poll = session.get_one(Poll, values["id"])
    session.add(PollUrn(poll_id=poll.id, ballots={"ballots": []}))
    for mark, one in bound.candidates.items():
        session.add(PollCandidate(poll_id=poll.id, mark=mark, account_id=one))
    record(session, "poll.made", poll, actor, now, kind=poll.kind, secret=poll.is_secret)
    if poll.opens_at <= now:
        begin(session, poll.id, now=now)
    return poll


def begin(session: Session, poll_id: str, *, now: datetime) -> Poll:
    """Write down who may vote: whoever is in the room at the hour of opening. Once.

    A vote that nobody could take part in, or that could no longer be secret, is cancelled.
    """
    poll = hold(session, poll_id)
    if poll.opened_at is not None or poll.cancelled_at is not None:
        return poll
    voters = session.scalars(queries.entitled(poll.room_id, poll.opens_at)).all()
    if not voters or (poll.is_secret and len(voters) < rules.LEAST_SECRET):
        poll.cancelled_at = now
        record(session, "poll.cancelled", poll, SYSTEM, now, electors=len(voters))
        return poll
    rows = [{"id": new_id(), "poll_id": poll.id, "account_id": one} for one in voters]
    session.execute(insert(PollElector), rows)
    poll.opened_at, poll.electors = now, len(voters)
    record(session, "poll.opened", poll, SYSTEM, now, electors=len(voters))
    return poll


def cancel(session: Session, poll_id: str, *, reason: object, actor: str, now: datetime) -> None:
    """Cancel a vote before its first ballot, with a reason; ballots-cast (409) afterwards."""
    said = clean.text(reason, rules.REASON_LIMIT, required="poll-reason-missing")
    poll = hold(session, poll_id)
    _check_unfinished(poll, now)
    voted = select(PollTurnout.elector_id).where(PollTurnout.poll_id == poll.id).limit(1)
    if session.scalar(voted) is not None:
        raise RuleBroken("ballots-cast", 409)
    poll.cancelled_at, poll.ended_reason = now, said
    record(session, "poll.cancelled", poll, actor, now)


def close_early(
    session: Session, poll_id: str, *, reason: object, actor: str, now: datetime
) -> None:
    """Close an open vote now, with a reason that everyone reads."""
    said = clean.text(reason, rules.REASON_LIMIT, required="poll-reason-missing")
    poll = hold(session, poll_id)
    rules.check_open(poll, now)
    poll.closes_at, poll.ended_reason = max(now, poll.opens_at), said
    record(session, "poll.closed-early", poll, actor, now)


def ask_reminder(session: Session, poll_id: str, *, actor: str, now: datetime) -> None:
    """Ask that those who have not voted be reminded; reminded-already (409) within the day."""
    poll = hold(session, poll_id)
    rules.check_open(poll, now)
    last = poll.remind_at or poll.reminded_at
    if last is not None and now - last < BETWEEN_REMINDERS:
        raise RuleBroken("reminded-already", 409)
    poll.remind_at = now
    record(session, "poll.reminder-asked", poll, actor, now)


def hold(session: Session, poll_id: str) -> Poll:
    """Return a vote as it stands, and keep everyone else from changing it until the commit."""
    query = select(Poll).where(Poll.id == poll_id).with_for_update()
    found = session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise RuleBroken("poll-unknown", 404)
    return found


def record(session: Session, act: str, poll: Any, actor: str, now: datetime, **facts: Any) -> None:
    """Write in the journal what was done to a vote, never what anybody voted."""
    journal.record(session, act, f"poll:{poll.id}", actor=actor, now=now, **facts)


def _check_unfinished(poll: Poll, now: datetime) -> None:
    found = rules.state(poll, now)
    if found in (rules.CLOSED, rules.CANCELLED):
        raise RuleBroken(f"poll-{found}", 409)


def _read(facts: Facts, bound: poll_purposes.Bound) -> dict[str, Any]:
    kind = ballots.kind(bound.kind)
    paper = kind.paper(_options(bound.options) if kind.HAS_OPTIONS else ())
    voting.kind(kind.METHOD).paper(paper)  # the method refuses a paper it cannot count
    return {
        "question": clean.line(
            facts.question, rules.QUESTION_LIMIT, required="poll-question-missing"
        ),
        "details": clean.text(facts.details, rules.DETAILS_LIMIT),
        "kind": str(bound.kind),
        "paper": paper,
        "rule": rules.rule(facts.rule, str(bound.kind)),
        "quorum": rules.quorum(facts.quorum),
        "purpose": poll_purposes.name(facts.purpose),
    }


def _options(raw: object) -> list[str]:
    lines = clean.text(raw, rules.MOST_OPTIONS * (rules.OPTION_LIMIT + 1)).split("\n")
    found = [clean.line(one, rules.OPTION_LIMIT) for one in lines if one.strip()]
    if len(found) < 2:
        raise RuleBroken("options-choices-few")
    if len(found) > rules.MOST_OPTIONS:
        raise RuleBroken("options-choices-many", max=rules.MOST_OPTIONS)
    if len(set(found)) < len(found):
        raise RuleBroken("options-choices-twice")
    return found


def _dates(facts: Facts, now: datetime) -> dict[str, Any]:
    opens_at = max(facts.opens_at or now, now)
    if facts.closes_at is None:
        raise RuleBroken("date-missing")
    if not opens_at < facts.closes_at <= opens_at + LONGEST:
        raise RuleBroken("poll-dates")
    zone = local_times.zone(facts.time_zone).key
    return {"opens_at": opens_at, "closes_at": facts.closes_at, "time_zone": zone}
