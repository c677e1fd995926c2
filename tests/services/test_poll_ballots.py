"""A ballot counts once for each elector, whoever presses how often; what is not on paper never."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.domain import ballots
from consult.domain.errors import RuleBroken
from consult.models import JournalEntry, PollBallot, PollTurnout, PollUrn, RoomMember
from consult.queries.rooms import Reader
from consult.services import poll_ballots, polls
from tests.polls import (
    ABSTAIN,
    DAY,
    GOOD,
    NO,
    OPTIONS,
    WRONG,
    YES,
    close,
    code,
    members,
    opened,
    votes,
)

PEOPLE, TIMES = 100, 8


@pytest.fixture
def room(make):
    return make.room("local", "D-54")


def turnout(session):
    session.rollback()
    return session.scalar(select(func.count()).select_from(PollTurnout))


def stored(session, poll):
    """Every ballot there is, as plain values."""
    session.rollback()
    urn = session.get_one(PollUrn, poll.id).ballots["ballots"]
    rows = session.scalars(select(PollBallot).order_by(PollBallot.name)).all()
    return [one["said"]["ballot"] for one in urn] + [one.said["ballot"] for one in rows]


@pytest.mark.parametrize("kind", ["consent", "ranking"])
def test_a_ballot_of_each_kind_is_cast_in_four_statements(
    session, make, room, now, kind, statements
):
    person, *_others = members(make, room, 5)
    poll = opened(session, room, now, kind=kind)
    secret = opened(session, room, now, kind=kind, is_secret=True)
    for one in (poll, secret):
        with statements() as seen:
            votes(session, one, person, GOOD[kind], now)
        assert len([one for one in seen if one != "BEGIN IMMEDIATE"]) <= 4, seen
    assert stored(session, secret) == [stored(session, secret)[1]] * 2
    assert turnout(session) == 2


def test_a_ballot_of_an_open_vote_is_changed_until_the_close(session, make, room, now):
    ada, bob = members(make, room, 2)
    poll = opened(session, room, now)
    first = votes(session, poll, ada, YES, now)
    votes(session, poll, ada, YES, now, first)  # the same form again
    second = votes(session, poll, ada, NO, now)
    votes(session, poll, ada, ABSTAIN, now, second)  # the same code with another choice
    assert stored(session, poll) == [None]
    with pytest.raises(RuleBroken, match="receipt-taken"):
        votes(session, poll, bob, YES, now, second)
    session.rollback()
    acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()
    assert acts[2:] == ["poll.voted", "poll.voted-again", "poll.voted-again"]
    with pytest.raises(RuleBroken, match="poll-closed"):
        votes(session, poll, ada, YES, now + DAY)
    assert stored(session, poll) == [None]


def test_a_ballot_of_a_secret_vote_is_for_good_and_its_form_again_gives_the_same_receipt(
    session, make, room, now
):
    ada, bob, *_others = members(make, room, 5)
    poll = opened(session, room, now, is_secret=True)
    receipt = votes(session, poll, ada, YES, now)
    votes(session, poll, ada, YES, now, receipt)  # no answer came: sent again
    for fields, again in ((NO, receipt), (YES, code()), (NO, code())):
        with pytest.raises(RuleBroken, match="voted-already"):
            votes(session, poll, ada, fields, now, again)
        session.rollback()
    with pytest.raises(RuleBroken, match="receipt-taken"):
        votes(session, poll, bob, YES, now, receipt)
    assert stored(session, poll) == [["yes"]]
    assert turnout(session) == 1


@pytest.mark.parametrize(("kind", "fields", "refusal"), WRONG)
def test_what_is_not_on_the_paper_is_refused(kind, fields, refusal):
    with pytest.raises(RuleBroken) as refused:
        poll_ballots.read(kind, ballots.kind(kind).paper(OPTIONS.split("\n")), fields)
    assert (refused.value.code, refused.value.status) == (refusal, 422)


def test_what_is_refused_is_not_counted_not_even_as_an_abstention(session, make, room, now):
    ada, *_others = members(make, room, 2)
    for kind in GOOD:
        poll = opened(session, room, now, kind=kind)
        with pytest.raises(RuleBroken, match="option-unknown"):
            votes(session, poll, ada, {"choice": ["9"], "choice-9": ["1"]}, now)
        assert (stored(session, poll), turnout(session)) == ([], 0)


def test_only_an_elector_whose_mandate_holds_votes_in_time(session, make, room, now):
    ada, bob = members(make, room, 2)
    poll = opened(session, room, now, opens_at=now + DAY, closes_at=now + 2 * DAY)
    polls.begin(session, poll.id, now=now + DAY)
    session.commit()
    stranger = make.account()
    held = select(RoomMember).where(RoomMember.account_id == bob.id)
    session.scalars(held).one().ended_at = now + DAY
    session.commit()
    for person, at, refusal, status in (
        (ada, now, "poll-not-open", 409),
        (ada, now + 2 * DAY, "poll-closed", 409),
        (bob, now + DAY, "mandate-ended", 403),
        (stranger, now + DAY, "not-an-elector", 403),
    ):
        with pytest.raises(RuleBroken) as refused:
            votes(session, poll, person, YES, at)
        session.rollback()
        assert (refused.value.code, refused.value.status) == (refusal, status)
    for wrong in ("", None, "A" * 15):
        with pytest.raises(RuleBroken, match="receipt-unreadable"):
            poll_ballots.cast(
                session, poll.id, poll_ballots.Cast(YES, wrong),
                account_id=ada.id, reader=Reader(ada.id), now=now + DAY,
            )  # fmt: skip
        session.rollback()
    assert turnout(session) == 0


def test_a_vote_that_is_counted_takes_no_ballot_even_when_the_clock_goes_back(
    session, make, room, now
):
    ada, bob = members(make, room, 2)
    poll = opened(session, room, now)
    votes(session, poll, ada, YES, now)
    close(session, poll, now)
    with pytest.raises(RuleBroken, match="poll-closed"):
        votes(session, poll, bob, YES, now)


def test_a_vote_of_a_private_room_is_missing_outside(session, make, now):
    room = make.room("local", is_private=True)
    members(make, room, 2)
    poll = opened(session, room, now)
    with pytest.raises(RuleBroken) as refused:
        votes(session, poll, make.account(), YES, now)
    assert refused.value.status == 404


@pytest.mark.parametrize(("count", "secret"), [(PEOPLE, True), (12, False)])
def test_a_hundred_members_are_a_hundred_ballots(session, make, room, now, count, secret):
    people = members(make, room, count)
    poll = opened(session, room, now, is_secret=secret)
    engine, receipt = session.get_bind(), {person.id: code() for person in people}

    def press(person):
        with Session(engine) as own:
            try:
                votes(own, poll, person, YES, now, receipt[person.id])
            except RuleBroken as broken:
                return broken.code
        return "counted"

    presses = [person for person in people for _ in range(TIMES)]
    with ThreadPoolExecutor(4) as crowd:
        found = list(crowd.map(press, presses))
    assert found == ["counted"] * (count * TIMES)
    assert stored(session, poll) == [["yes"]] * count
    assert turnout(session) == count
    cast = select(func.count()).where(JournalEntry.act == "poll.voted")
    assert session.scalar(cast) == count
