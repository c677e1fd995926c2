"""Votes of a room: who sees which, who may vote, who has not yet, what is due."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, exists, func, or_, select

from ..models import (
    Account,
    Poll,
    PollBallot,
    PollCandidate,
    PollCount,
    PollElector,
    PollTurnout,
    PollUrn,
    Room,
    RoomMember,
)
from . import paging
from .rooms import Reader

Rows = Select[*tuple[Any, ...]]
MOST = 20
LATEST: tuple[Any, ...] = (Poll.closes_at, Poll.id)
ROOM = (Room.slug, Room.name.label("room"), Room.level, Room.is_private)


def visible(poll_id: str, reader: Reader) -> Rows:
    """Select a vote with its room, if the reader may know of the room, and how many voted."""
    return (
        select(Poll, *ROOM, turnout().label("turnout"))
        .join(Room, Room.id == Poll.room_id)
        .where(Poll.id == poll_id, reader.sees())
    )


def of_room(room_id: str, cursor: str | None = None, limit: int = paging.SIZE) -> Rows:
    """Select a page of the votes of a room, the last to close first."""
    query: Rows = select(Poll, turnout().label("turnout")).where(Poll.room_id == room_id)
    return paging.after(query, LATEST, descending=True, cursor_text=cursor, limit=limit)


def about(subjects: Collection[str], reader: Reader) -> Rows:
    """Select the votes about some matters or seats, of rooms that the reader may know of."""
    return (
        select(Poll, Room.slug, Room.name.label("room"))
        .join(Room, Room.id == Poll.room_id)
        .where(Poll.subject.in_(subjects), Poll.cancelled_at.is_(None), reader.sees())
        .order_by(Poll.closes_at.desc(), Poll.id)
        .limit(MOST)
    )


def elected(poll_id: str, account_id: str) -> Select[PollCandidate]:
    """Select the candidacy of an account that a vote elected."""
    return select(PollCandidate).where(
        PollCandidate.poll_id == poll_id,
        PollCandidate.account_id == account_id,
        PollCandidate.is_elected,
    )


def winner(poll_id: str) -> Select[str | None]:
    """Select the account that a vote elected, and that has not said whether it accepts."""
    return select(PollCandidate.account_id).where(
        PollCandidate.poll_id == poll_id,
        PollCandidate.is_elected,
        PollCandidate.accepts.is_(None),
    )


def running(room_id: str, now: datetime) -> Select[Poll]:
    """Select the votes of a room that are open, the first to close first."""
    return (
        select(Poll)
        .where(Poll.room_id == room_id, *is_running(now))
        .order_by(Poll.closes_at, Poll.id)
        .limit(MOST)
    )


def is_running(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Tell which votes are open."""
    return (
        Poll.opened_at.is_not(None),
        Poll.closes_at > now,
        Poll.counted_at.is_(None),
        Poll.cancelled_at.is_(None),
    )


def turnout() -> ScalarSelect[int]:
    """Count who voted: write it into a query on `Poll`."""
    counted = select(func.count()).where(PollTurnout.poll_id == Poll.id)
    return counted.correlate(Poll).scalar_subquery()


def elector(poll_id: str, account_id: str) -> Rows:
    """Select what an account is in a vote: elector, in the room still, having voted or not."""
    return (
        select(
            PollElector.id,
            PollTurnout.elector_id.is_not(None).label("has_voted"),
            is_member().label("is_member"),
        )
        .join(Poll, Poll.id == PollElector.poll_id)
        .outerjoin(PollTurnout, PollTurnout.elector_id == PollElector.id)
        .where(PollElector.poll_id == poll_id, PollElector.account_id == account_id)
    )


def waiting_for(account_id: str, now: datetime) -> Rows:
    """Select what an account has to do: open votes where it has a vote, seats it is elected to."""
    elected_to = (
        exists()
        .where(
            PollCandidate.poll_id == Poll.id,
            PollCandidate.account_id == account_id,
            PollCandidate.is_elected,
            PollCandidate.accepts.is_(None),
        )
        .correlate(Poll)
    )
    votes = and_(*is_running(now), PollElector.id.is_not(None), is_member())
    mine = and_(PollElector.poll_id == Poll.id, PollElector.account_id == account_id)
    return (
        select(
            Poll.id,
            Poll.question,
            Poll.closes_at,
            Poll.time_zone,
            Room.name.label("room"),
            PollTurnout.elector_id.is_not(None).label("has_voted"),
            elected_to.label("is_elected"),
        )
        .join(Room, Room.id == Poll.room_id)
        .outerjoin(PollElector, mine)
        .outerjoin(PollTurnout, PollTurnout.elector_id == PollElector.id)
        .where(or_(votes, elected_to))
        .order_by(Poll.closes_at, Poll.id)
        .limit(MOST)
    )


def target(poll_id: str, account_id: str, reader: Reader) -> Rows:
    """Select all that casting a ballot needs to know, and hold the vote until the commit.

    The ballots of a secret vote come with it, held too: nobody else adds one meanwhile.
    """
    return (
        select(
            Poll.id,
            Poll.kind,
            Poll.paper,
            Poll.is_secret,
            Poll.opens_at,
            Poll.closes_at,
            Poll.opened_at,
            Poll.cancelled_at,
            Poll.counted_at,
            PollUrn.ballots,
            select(PollElector.id)
            .where(PollElector.poll_id == Poll.id, PollElector.account_id == account_id)
            .correlate(Poll)
            .scalar_subquery()
            .label("elector_id"),
            exists()
            .where(RoomMember.room_id == Poll.room_id, RoomMember.account_id == account_id, _now())
            .correlate(Poll)
            .label("is_member"),
        )
        .join(PollUrn, PollUrn.poll_id == Poll.id)
        .join(Room, Room.id == Poll.room_id)
        .where(Poll.id == poll_id, reader.sees())
        .with_for_update(of=(Poll, PollUrn))
    )


def is_member() -> ColumnElement[bool]:
    """Tell whether an elector is still in the room: write it into a query on both."""
    return (
        exists()
        .where(
            RoomMember.room_id == Poll.room_id,
            RoomMember.account_id == PollElector.account_id,
            _now(),
        )
        .correlate(Poll, PollElector)
    )


def entitled(room_id: str, at: datetime) -> Select[str]:
    """Select the accounts that are in a room at an instant: their mandate holds, they can enter."""
    return (
        select(RoomMember.account_id)
        .join(Account, Account.id == RoomMember.account_id)
        .where(
            RoomMember.room_id == room_id,
            RoomMember.created_at <= at,
            or_(RoomMember.ended_at.is_(None), RoomMember.ended_at > at),
            Account.active,
        )
        .distinct()
        .order_by(RoomMember.account_id)
    )


def silent(poll_id: str) -> Rows:
    """Select the electors who have not voted and still may, with where to write to them."""
    voted = PollTurnout.elector_id == PollElector.id
    return present(poll_id).outerjoin(PollTurnout, voted).where(PollTurnout.elector_id.is_(None))


def present(poll_id: str) -> Rows:
    """Select the electors who are still in the room, with where to write to them."""
    return (
        select(PollElector.id, Account.id.label("account_id"), Account.email)
        .join(Poll, Poll.id == PollElector.poll_id)
        .join(Account, Account.id == PollElector.account_id)
        .where(PollElector.poll_id == poll_id, Account.active, is_member())
        .order_by(PollElector.id)
    )


def cast(poll_id: str) -> Select[PollBallot]:
    """Select the ballots of an open vote, in the order of their names."""
    return select(PollBallot).where(PollBallot.poll_id == poll_id).order_by(PollBallot.name)


def named(poll_id: str) -> Rows:
    """Select what each elector of an open vote said, by name."""
    return (
        select(Account.name, Account.email, PollBallot.said)
        .select_from(PollElector)
        .outerjoin(Account, Account.id == PollElector.account_id)
        .outerjoin(PollBallot, PollBallot.elector_id == PollElector.id)
        .where(PollElector.poll_id == poll_id)
        .order_by(Account.name, Account.email, PollElector.id)
    )


def counted(poll_id: str) -> Select[PollCount]:
    """Select the count of a vote, once it is made."""
    return select(PollCount).where(PollCount.poll_id == poll_id)


def to_open(now: datetime) -> Select[str]:
    """Select the votes whose hour has come, and whose electors are not written down."""
    waits = and_(Poll.opened_at.is_(None), Poll.cancelled_at.is_(None), Poll.counted_at.is_(None))
    return select(Poll.id).where(waits, Poll.opens_at <= now).order_by(Poll.opens_at, Poll.id)


def to_tell(now: datetime) -> Select[str]:
    """Select the open votes whose electors were not told."""
    return _unfinished(now).where(Poll.told_at.is_(None))


def to_remind(now: datetime) -> Select[str]:
    """Select the open votes of which someone asked to remind the silent ones."""
    return _unfinished(now).where(Poll.remind_at <= now)


def to_count(now: datetime) -> Select[str]:
    """Select the votes that are closed and not counted."""
    over = and_(Poll.cancelled_at.is_(None), Poll.counted_at.is_(None), Poll.closes_at <= now)
    opened = Poll.opened_at.is_not(None)
    return select(Poll.id).where(over, opened).order_by(Poll.closes_at, Poll.id)


def to_announce(now: datetime) -> Select[str]:
    """Select the votes that are counted, and whose result was not told."""
    counted_ones = (Poll.counted_at <= now, Poll.announced_at.is_(None))
    return select(Poll.id).where(*counted_ones).order_by(Poll.counted_at, Poll.id)


def _unfinished(now: datetime) -> Select[str]:
    return (
        select(Poll.id)
        .where(
            Poll.opened_at.is_not(None),
            Poll.cancelled_at.is_(None),
            Poll.counted_at.is_(None),
            Poll.closes_at > now,
        )
        .order_by(Poll.closes_at, Poll.id)
    )


def _now() -> ColumnElement[bool]:
    return RoomMember.ended_at.is_(None)
