"""Which projects are public, where each stands, whose they are: in few statements."""

import pytest
from sqlalchemy import select

from consult.models import Mandate, Principle
from consult.queries import open_calls as calls
from consult.queries import projects as queries
from tests import open_calls


@pytest.fixture
def call(make):
    other = open_calls.call(make)
    noise = open_calls.project(make, other)
    principle = make.session.scalars(select(Principle).where(Principle.call_id == other.id)).first()
    open_calls.assess(make, noise, principle, "no")
    return open_calls.call(make)


@pytest.fixture
def principles(session, call):
    query = select(Principle).where(Principle.call_id == call.id).order_by(Principle.position)
    return session.scalars(query).all()


def test_where_each_stands_in_one_statement(session, make, call, principles):
    first, second = principles
    sent = [open_calls.project(make, call) for _ in range(6)]
    open_calls.project(make, call, moderation="hidden")
    open_calls.project(make, call, state="draft", number=None)
    open_calls.project(make, call, state="withdrawn")
    unread, whole, missing, alone, agreed, half = sent
    for one in (whole, missing, alone, agreed):
        open_calls.assess(make, one, first)
    open_calls.assess(make, half, second)
    open_calls.assess(make, whole, second)
    open_calls.assess(make, missing, second, "to_complete")
    open_calls.assess(make, alone, second, "no")
    open_calls.assess(make, agreed, second, "no", second_verdict="no")
    rows = session.execute(queries.standings(call.id)).all()
    assert [(row.id, row.standing) for row in rows] == [
        (unread.id, "unread"),
        (whole.id, "respects"),
        (missing.id, "to_complete"),
        (alone.id, "unread"),
        (agreed.id, "refused"),
        (half.id, "unread"),
    ]
    listed = session.execute(queries.listed(call.id, limit=2)).all()
    assert [row.standing for row in listed] == ["unread", "respects", "to_complete"]
    assert listed[0].carrier and listed[0].for_whom == "Les habitants"
    whole.version = 2
    session.commit()
    read = session.execute(queries.to_read(call.id)).all()
    assert [bool(row.changed) for row in read] == [False, True, False, False, False, False]
    assert [row.id for row in session.execute(queries.changed(call.id, 9))] == [whole.id]
    assert {row.id for row in session.execute(queries.latest(call.id, 9))} == {
        one.id for one in sent
    }
    assert len(session.scalars(queries.readings([whole.id])).all()) == 2
    assert [one.id for one in session.scalars(queries.principles(call.id))] == [
        one.id for one in principles
    ]


def test_what_was_said_of_an_older_version_no_longer_counts(session, make, call, principles):
    sent = [open_calls.project(make, call) for _ in range(3)]
    for one, verdict in zip(sent, ("yes", "to_complete", "no"), strict=True):
        open_calls.assess(make, one, principles[0])
        open_calls.assess(make, one, principles[1], verdict, second_verdict="no")

    def standings():
        return [row.standing for row in session.execute(queries.standings(call.id))]

    assert standings() == ["respects", "to_complete", "refused"]
    for one in sent:
        one.version += 1
    session.commit()
    assert standings() == ["unread"] * 3


def test_a_call_without_principles_asks_nothing(session, make):
    bare = open_calls.call(make, principles=0)
    open_calls.project(make, bare)
    assert [row.standing for row in session.execute(queries.standings(bare.id))] == ["respects"]


def test_whose_a_project_is(session, make, call):
    ada, bob = make.account(name="Ada"), make.account(name="Bob")
    lead = make.organisation()
    mandate = make.save(Mandate(organisation_id=lead.id, account_id=ada.id, began_at=make.now))
    carried = open_calls.project(make, call, lead=lead)
    written = open_calls.project(make, call, account=bob)
    draft = open_calls.project(make, call, account=bob, state="draft", number=None)
    other = make.account()

    def mine(who):
        return {row.id for row in session.execute(queries.of_account(who.id))}

    assert (mine(ada), mine(bob), mine(other)) == ({carried.id}, {written.id, draft.id}, set())
    conflicting = session.scalars(queries.conflicting(ada.id, call.id)).all()
    assert conflicting == [carried.id]
    assert set(session.scalars(queries.conflicting(bob.id, call.id))) == {written.id, draft.id}
    assert [row.email for row in session.execute(queries.told(carried.id))] == [ada.email]
    row = session.execute(queries.one(carried.id, calls.Reader())).one()
    assert (row.Project.id, row.OpenCall.id) == (carried.id, call.id)
    assert [bool(one.mine) for one in session.execute(queries.carriers(carried.id, ada.id))] == [
        True
    ]
    mandate.ended_at = make.now
    session.commit()
    assert mine(ada) == set() and session.execute(queries.told(carried.id)).all() == []
    assert session.scalars(queries.conflicting(ada.id, call.id)).all() == []
