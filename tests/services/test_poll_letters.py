"""The letters of a vote go to those who may vote and have not, at the moment they leave."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.models import JournalEntry, RoomMember
from consult.services import poll_letters, polls
from tests.polls import DAY, YES, close, members, opened, votes


@pytest.fixture
def room(make):
    return make.room("local", "D-54")


def emails(taken):
    return sorted(row.email for row in taken[1])


def test_the_opening_is_told_once_to_those_who_vote(session, make, room, now):
    people = members(make, room, 3)
    poll = opened(session, room, now)
    taken = poll_letters.take_opening(session, poll.id, now=now)
    assert emails(taken) == sorted(one.email for one in people)
    assert poll_letters.take_opening(session, poll.id, now=now) is None
    other = opened(session, room, now)
    assert poll_letters.take_opening(session, other.id, now=now + DAY) is None


def test_a_reminder_goes_to_the_silent_ones_when_it_leaves(session, make, room, now):
    ada, bob, eve, shut_out = members(make, room, 4)
    poll = opened(session, room, now)
    assert poll_letters.take_reminder(session, poll.id, now=now) is None
    polls.ask_reminder(session, poll.id, actor="system", now=now)
    votes(session, poll, bob, YES, now)  # after it was asked for, before it leaves
    left = select(RoomMember).where(RoomMember.account_id == eve.id)
    session.scalars(left).one().ended_at = now
    shut_out.active = False
    session.commit()
    later = now + timedelta(minutes=1)
    assert emails(poll_letters.take_reminder(session, poll.id, now=later)) == [ada.email]
    assert poll_letters.take_reminder(session, poll.id, now=later) is None
    assert (poll.remind_at, poll.reminded_at) == (None, later)
    told = select(JournalEntry.facts).where(JournalEntry.act == "poll.reminded")
    assert session.scalars(told).all() == [{"letters": 1}]


def test_the_result_is_told_once_to_the_electors_who_are_still_there(session, make, room, now):
    ada, bob, eve = members(make, room, 3)
    poll = opened(session, room, now)
    votes(session, poll, ada, YES, now)
    assert poll_letters.take_result(session, poll.id, now=now) is None
    session.commit()
    close(session, poll, now)
    left = select(RoomMember).where(RoomMember.account_id == eve.id)
    session.scalars(left).one().ended_at = now
    session.commit()
    later = now + DAY
    taken = poll_letters.take_result(session, poll.id, now=later)
    assert emails(taken) == sorted((ada.email, bob.email))
    assert poll_letters.take_result(session, poll.id, now=later) is None
