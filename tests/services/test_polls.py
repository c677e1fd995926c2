"""A vote is opened, its electors written down once; cancelled before a ballot, closed early."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import JournalEntry, PollElector, RoomMember
from consult.services import polls
from tests.polls import DAY, YES, members, opened, votes

BY = "account:x"


@pytest.fixture
def room(make):
    return make.room("local", "D-54")


def electors(session, poll):
    query = select(PollElector.account_id).where(PollElector.poll_id == poll.id)
    return sorted(session.scalars(query.order_by(PollElector.account_id)))


def acts(session, poll):
    query = select(JournalEntry.act).where(JournalEntry.subject == f"poll:{poll.id}")
    return session.scalars(query.order_by(JournalEntry.id)).all()


def test_who_votes_is_who_is_in_the_room_at_the_opening(session, make, room, now):
    people = members(make, room, 5)
    gone, shut_out, late = people[2], people[3], make.account()
    session.get_one(RoomMember, held(session, gone)).ended_at = now
    shut_out.active = False
    session.commit()
    make.joins(make.account(), make.room("hub", "R-44"))
    poll = opened(session, room, now)
    make.joins(late, room, "member", created_at=now + DAY / 2)
    assert electors(session, poll) == sorted(people[n].id for n in (0, 1, 4))
    assert (poll.electors, poll.opened_at) == (3, now)
    polls.begin(session, poll.id, now=now + DAY / 2)
    session.commit()
    assert len(electors(session, poll)) == 3
    assert acts(session, poll) == ["poll.made", "poll.opened"]


def held(session, person):
    return session.scalar(select(RoomMember.id).where(RoomMember.account_id == person.id))


def test_a_vote_for_later_is_open_to_those_of_its_hour_whenever_it_is_opened(
    session, make, room, now
):
    first, second = members(make, room, 2)
    poll = opened(session, room, now, opens_at=now + DAY, closes_at=now + 2 * DAY)
    assert (poll.opened_at, electors(session, poll)) == (None, [])
    session.get_one(RoomMember, held(session, second)).ended_at = now + DAY / 2
    third = make.account()
    make.joins(third, room, "member", created_at=now + DAY / 2)
    make.joins(make.account(), room, "member", created_at=now + DAY + DAY / 4)
    polls.begin(session, poll.id, now=now + DAY + DAY / 2)  # the machine was off
    session.commit()
    assert electors(session, poll) == sorted([first.id, third.id])


@pytest.mark.parametrize("secret", [True, False])
def test_a_vote_that_can_no_longer_be_held_is_cancelled(session, make, room, now, secret):
    people = members(make, room, 5)
    poll = opened(session, room, now, is_secret=secret, opens_at=now + DAY, closes_at=now + 2 * DAY)
    for person in people if not secret else people[:1]:
        session.get_one(RoomMember, held(session, person)).ended_at = now
    polls.begin(session, poll.id, now=now + DAY)
    session.commit()
    assert poll.cancelled_at == now + DAY and poll.opened_at is None
    assert acts(session, poll) == ["poll.made", "poll.cancelled"]


REFUSED = [
    ({"question": " "}, "poll-question-missing"),
    ({"question": "\x00"}, "text-unreadable"),
    ({"kind": "opinion"}, "voting-method-unknown"),
    ({"kind": "single", "options": "A"}, "options-choices-few"),
    ({"kind": "single", "options": "A\nA"}, "options-choices-twice"),
    ({"kind": "single", "options": "\n".join(map(str, range(31)))}, "options-choices-many"),
    ({"kind": "single", "options": "A\n" + "b" * 121}, "text-too-long"),
    ({"kind": "ranking", "options": "A\nB\nA>B\nB>A"}, "paper-duels"),
    ({"rule": "most"}, "rule-unknown"),
    ({"quorum": "all"}, "quorum-unknown"),
    ({"purpose": "other"}, "purpose-unknown"),
    ({"closes_at": None}, "date-missing"),
    ({"closes_at": timedelta(0)}, "poll-dates"),
    ({"opens_at": 2 * DAY}, "poll-dates"),
    ({"closes_at": 400 * DAY}, "poll-dates"),
    ({"time_zone": "Mars"}, "zone-unknown"),
    ({"is_secret": True}, "secret-too-few"),
]


@pytest.mark.parametrize(("facts", "code"), REFUSED)
def test_what_cannot_be_a_vote_is_refused(session, make, room, now, facts, code):
    members(make, room, 4)
    facts = {
        name: now + value if isinstance(value, timedelta) else value
        for name, value in facts.items()
    }
    with pytest.raises(RuleBroken) as refused:
        opened(session, room, now, **facts)
    assert refused.value.code == code


def test_a_room_without_members_does_not_vote(session, room, now):
    with pytest.raises(RuleBroken, match="electors-none"):
        opened(session, room, now)


def test_a_vote_is_cancelled_before_the_first_ballot_only(session, make, room, now):
    people = members(make, room, 2)
    with pytest.raises(RuleBroken, match="poll-reason-missing"):
        polls.cancel(session, opened(session, room, now).id, reason="", actor=BY, now=now)
    poll = opened(session, room, now)
    polls.cancel(session, poll.id, reason="Mal posée.", actor=BY, now=now)
    session.commit()
    assert (poll.cancelled_at, poll.ended_reason) == (now, "Mal posée.")
    for again in (polls.cancel, polls.close_early):
        with pytest.raises(RuleBroken, match="poll-cancelled"):
            again(session, poll.id, reason="Encore.", actor=BY, now=now)
    other = opened(session, room, now)
    votes(session, other, people[0], YES, now)
    with pytest.raises(RuleBroken, match="ballots-cast"):
        polls.cancel(session, other.id, reason="Trop tard.", actor=BY, now=now)
    with pytest.raises(RuleBroken, match="poll-closed"):
        polls.cancel(session, other.id, reason="Trop tard.", actor=BY, now=now + DAY)


def test_a_vote_closes_early_with_a_reason(session, make, room, now):
    members(make, room, 2)
    poll = opened(session, room, now)
    with pytest.raises(RuleBroken, match="poll-reason-missing"):
        polls.close_early(session, poll.id, reason=" ", actor=BY, now=now)
    polls.close_early(session, poll.id, reason="Tout le monde est là.", actor=BY, now=now + DAY / 2)
    session.commit()
    assert poll.closes_at == now + DAY / 2
    assert acts(session, poll)[-1] == "poll.closed-early"
    with pytest.raises(RuleBroken, match="poll-closed"):
        polls.close_early(session, poll.id, reason="Encore.", actor=BY, now=now + DAY / 2)
    with pytest.raises(RuleBroken, match="poll-unknown"):
        polls.close_early(session, "none", reason="Rien.", actor=BY, now=now)


def test_a_reminder_is_asked_for_once_a_day(session, make, room, now):
    members(make, room, 2)
    poll = opened(session, room, now, closes_at=now + 5 * DAY)
    polls.ask_reminder(session, poll.id, actor=BY, now=now)
    with pytest.raises(RuleBroken, match="reminded-already"):
        polls.ask_reminder(session, poll.id, actor=BY, now=now + timedelta(hours=1))
    polls.ask_reminder(session, poll.id, actor=BY, now=now + DAY)
    with pytest.raises(RuleBroken, match="poll-closed"):
        polls.ask_reminder(session, poll.id, actor=BY, now=now + 5 * DAY)
