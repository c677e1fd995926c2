"""The votes of the known objects: open with hidden results, secret, closed, of a private room."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import SystemRandom
from typing import NamedTuple

from sqlalchemy.orm import Session

from ..domain import receipts
from ..domain import rooms as rules
from ..models import Account, Poll, Room
from ..queries.rooms import Reader
from . import poll_ballots, poll_counts, polls, rooms

LASTS = timedelta(days=30)


class Known(NamedTuple):
    """A known vote: its room, whether it is secret, how many vote at once, whether it is over."""

    room: str
    kind: str = "yes_no"
    is_secret: bool = False
    ballots: int = 0
    is_over: bool = False


POLLS: Mapping[str, Known] = {
    "poll_open_hidden_results": Known("room_local", "single", ballots=3),
    "poll_secret": Known("room_local", is_secret=True, ballots=3),
    "poll_closed": Known("room_local", ballots=3, is_over=True),
    "poll_private": Known("room_private"),
}


def furnish(
    session: Session,
    made: Mapping[str, Room],
    people: Mapping[str, Account],
    crowd: Sequence[Account],
    *,
    now: datetime,
) -> Mapping[str, Poll]:
    """Let people into the local and the private room, and open every known vote there.

    citizen_a and the crowd are members of the local room, whose last members have voted.
    """
    for account in (people["citizen_a"], *crowd):
        rooms.add_member(
            session, made["room_local"], account, rules.MEMBER, actor="system", now=now
        )
    member, private = people["other_hub_facilitator"], made["room_private"]
    rooms.add_member(session, private, member, rules.MEMBER, actor="system", now=now)
    found: dict[str, Poll] = {}
    for name, known in POLLS.items():
        facts = polls.Facts(
            question=f"Un vote, {name.replace('_', ' ')} ?",
            kind=known.kind,
            options="Le matin\nLe midi\nLe soir",
            quorum="third",
            is_secret=known.is_secret,
            closes_at=now + LASTS,
        )
        poll = polls.open_one(session, made[known.room], facts, actor="system", now=now)
        for account in crowd[len(crowd) - known.ballots :]:
            _vote(session, poll, account, now)
        if known.is_over:
            polls.close_early(session, poll.id, reason="Pour voir.", actor="system", now=now)
            poll_counts.count(session, poll.id, now=now)
        found[name] = poll
    return found


def _vote(session: Session, poll: Poll, account: Account, now: datetime) -> None:
    code = receipts.new_code(SystemRandom())
    sent = poll_ballots.Cast({"choice": ["0"]}, code)
    reader = Reader(account.id)
    poll_ballots.cast(session, poll.id, sent, account_id=account.id, reader=reader, now=now)
