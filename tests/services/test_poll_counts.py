"""A vote is counted once after its close, published, and the secret ones tell nobody's choice."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Text, cast, func, select, text
from sqlalchemy.orm import Session

from consult.domain import receipts, recount
from consult.models import Base, JournalEntry, PollCount, PollElector, PollTurnout
from consult.services import poll_counts, polls
from tests.polls import ABSTAIN, DAY, GOOD, NO, YES, close, members, opened, votes


@pytest.fixture
def room(make):
    return make.room("local", "D-54")


def held_once(session, poll):
    facts = select(JournalEntry.facts).where(JournalEntry.act == "poll.counted")
    return [one["digest"] for one in session.scalars(facts.order_by(JournalEntry.id))]


@pytest.mark.parametrize("kind", GOOD)
def test_the_published_file_counted_again_gives_the_result(session, make, room, now, kind):
    people = members(make, room, 6)
    poll = opened(session, room, now, kind=kind, is_secret=True, quorum="half")
    codes = [votes(session, poll, one, GOOD[kind], now) for one in people[:3]]
    codes.append(votes(session, poll, people[3], ABSTAIN, now))
    made = close(session, poll, now)
    report = recount.again(made.content)
    assert (report["ballots"], report["receipts"]) == (4, 4)
    assert report["result"] == made.summary["result"]
    assert report["outcome"] == made.summary["outcome"]
    assert held_once(session, poll) == [made.digest] == [recount.digest(made.content)]
    for code in codes:
        assert made.content.count(receipts.mark(poll.id, code)) == 1
    found = [poll_counts.ballot_of(made.content, receipts.mark(poll.id, one)) for one in codes]
    assert found[3]["ballot"] is None and found[0]["ballot"] == found[1]["ballot"]
    assert poll_counts.ballot_of(made.content, "other") is None
    outcome = poll_counts.outcome_of(made.summary)
    assert (outcome.turnout, outcome.electors, outcome.quorum_reached) == (4, 6, True)


def test_a_vote_is_counted_once_after_its_close_whatever_the_clocks_and_workers(
    session, make, room, now
):
    people = members(make, room, 3)
    poll = opened(session, room, now, purpose="decision")
    votes(session, poll, people[0], YES, now)
    assert not poll_counts.count(session, poll.id, now=now + DAY / 2)
    session.rollback()

    engine, poll_id = session.get_bind(), poll.id

    def work(_number):
        with Session(engine) as own:
            done = poll_counts.count(own, poll_id, now=now + DAY)
            own.commit()
            return done

    with ThreadPoolExecutor(4) as crowd:
        assert sorted(crowd.map(work, range(4))) == [False, False, False, True]
    assert not poll_counts.count(session, poll.id, now=now - DAY)
    assert len(session.scalars(select(PollCount)).all()) == 1
    assert len(held_once(session, poll)) == 1
    decided = select(JournalEntry.facts).where(JournalEntry.act == "room.decided")
    assert session.scalars(decided).all() == [{"poll": poll.id, "places": [0], "quorum": True}]


def test_a_vote_that_is_cancelled_or_never_opened_is_not_counted(session, make, room, now):
    members(make, room, 2)
    cancelled = opened(session, room, now)
    polls.cancel(session, cancelled.id, reason="Mal posée.", actor="system", now=now)
    waiting = opened(session, room, now, opens_at=now + DAY, closes_at=now + 2 * DAY)
    session.commit()
    assert not poll_counts.count(session, cancelled.id, now=now + 3 * DAY)
    assert not poll_counts.count(session, waiting.id, now=now + 3 * DAY)


def everything(session):
    """Every row of every table, as text, by the name of the table."""
    found = {}
    for table in Base.metadata.sorted_tables:
        columns = [cast(column, Text) for column in table.columns]
        rows = session.execute(select(*columns).order_by(*table.primary_key.columns)).all()
        found[table.name] = ["|".join(str(value) for value in row) for row in rows]
    return found


def test_no_table_and_no_order_ties_a_secret_ballot_to_its_voter(session, make, room, now):
    people = members(make, room, 12)
    poll = opened(session, room, now, is_secret=True)
    said = {one.id: fields for one, fields in zip(people, [YES, NO, NO] * 4, strict=True)}
    codes = {one.id: votes(session, poll, one, said[one.id], now) for one in people}
    for when in ("open", "counted"):
        if when == "counted":
            close(session, poll, now)
        session.rollback()
        tables = everything(session)
        marks = {who: receipts.mark(poll.id, code) for who, code in codes.items()}
        for name, rows in tables.items():
            for row in rows:
                assert not any(code in row for code in codes.values()), f"{name} holds a code"
                if any(mark in row for mark in marks.values()):
                    # Where the ballots are, all of them are together, and nobody is named.
                    assert all(mark in row for mark in marks.values()), name
                    assert not any(one.id in row or one.email in row for one in people), name
        assert not tables["poll_ballot"]
        assert '"yes"' not in "".join(tables["journal_entry"] + tables["poll_turnout"])
        assert session.scalar(select(func.count()).select_from(PollTurnout)) == 12
        check_order(session, poll, marks, when)
    check_rows(session, poll)


def check_order(session, poll, marks, when):
    """The ballots stand in the order of names drawn at random, never in that of the votes."""
    if when == "counted":
        entries = json.loads(session.get_one(PollCount, poll.id).content)["ballots"]
        names, order = [e["id"] for e in entries], [e["receipt"] for e in entries]
    else:
        urn = session.scalar(text("select ballots from poll_urn").columns(ballots=Text))
        held = (json.loads(urn) if isinstance(urn, str) else urn)["ballots"]
        names, order = [e["name"] for e in held], [e["receipt"] for e in held]
        assert all(set(entry) == {"name", "receipt", "said"} for entry in held)
    assert names == sorted(names) and len(set(names)) == 12
    assert order != list(marks.values())


def check_rows(session, poll):
    """PostgreSQL knows which transaction wrote a row: one row holds every ballot."""
    if session.get_bind().dialect.name == "postgresql":
        tied = text(
            "select count(*) from poll_urn, poll_turnout where poll_urn.xmin = poll_turnout.xmin"
        )
        assert session.scalar(tied) <= 1  # the last vote, which wrote all the ballots again
    assert session.scalar(select(func.count()).select_from(PollElector)) == 12
