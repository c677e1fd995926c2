"""What splits are computed from and what was decided: other calls stay out."""

import pytest
from sqlalchemy import select

from consult.models import SplitDecision
from consult.queries import splits as queries
from tests import open_calls, splits


@pytest.fixture
def officer(make):
    return make.account("local_authority")


@pytest.fixture
def noise(session, make, officer, now):
    """The published split of another call."""
    other = splits.closed(make, officer)
    splits.ready(make, session, other, 77_000, 88_000)
    return splits.published(session, other, officer, now)


def test_the_demand_is_of_what_was_sent(session, make, officer, noise):
    call = splits.closed(make, officer)
    sent = splits.ready(make, session, call, 10, 20, 30)
    open_calls.project(make, call, state="draft", number=None)
    rows = session.execute(queries.demand(call.id)).all()
    assert sorted(row.id for row in rows) == [row.id for row in rows]
    assert {row.id: row.asked_cents for row in rows} == {one.id: one.asked_cents for one in sent}
    assert all(row.organisation_id for row in rows)
    assert [one.amount_cents for one in session.scalars(queries.envelopes(call.id))] == [100_000]


def test_a_decision_its_lines_and_its_parts(session, make, officer, noise, now):
    call = splits.closed(make, officer, envelopes=(50, 30), principles=0)
    for amount in (10, 20, 60):
        splits.ready(make, session, call, amount)
    decision = splits.published(session, call, officer, now)
    found = session.scalars(queries.decisions(call.id)).all()
    assert [one.id for one in found] == [decision.id]
    assert session.scalars(queries.told_of(decision.id)).one().id == decision.id
    assert session.scalars(queries.whole(decision.id)).one().record["awarded"] == 80
    assert [one.position for one in session.scalars(queries.shared(decision.id))] == [1, 2]
    query = queries.lines(decision.id, "received", descending=True, cursor=None)
    rows = session.execute(query).all()
    assert [row.awarded_cents for row in rows] == [50, 20, 10]
    last = rows[-1].project_id
    given = session.execute(queries.of_project(call.id, last)).all()
    assert {row.SplitDecision.id for row in given} == {decision.id}
    assert given[0].SplitLine.awarded_cents == 10
    assert [row.SplitEnvelope.position for row in given] == [1, 2]
    assert sum(row.cents for row in given) == 10
    assert session.execute(queries.of_project(call.id, "missing")).all() == []
    parts = session.execute(queries.parts(decision.id, [rows[0].project_id])).all()
    assert [(row.position, row.cents) for row in parts] == [(1, 20), (2, 30)]
    ranks = [row.rank for row in session.execute(queries.ranked(decision.id, 0, 9))]
    assert ranks == [1, 2]
    assert len(session.execute(queries.amounts(decision.id)).all()) == 3
    keys = [row.project_id for row in rows]
    assert session.execute(queries.before(call.id, 1, keys)).all() == []
    had = session.execute(queries.before(call.id, 2, keys)).all()
    assert sum(row.awarded_cents for row in had) == 80
    assert {row.id for row in session.execute(queries.published(9))} == {decision.id, noise.id}
    assert session.scalars(queries.to_tell()).one().decision_id == min(decision.id, noise.id)
    carried = select(queries.carries(call.id, officer.id))
    assert not session.scalar(carried)
    mine = open_calls.project(make, call, account=officer, state="withdrawn", moderation="hidden")
    assert not session.scalar(carried) and session.execute(queries.hidden(call.id, 9)).all() == []
    mine.state = "submitted"
    session.commit()
    assert session.scalar(carried)
    assert [row.id for row in session.execute(queries.hidden(call.id, 9))] == [mine.id]
    assert session.get_one(SplitDecision, noise.id).number == 1
