"""Splits: computed as often as wished, published once, by the right people, and never changed."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from consult.domain import call_splits, split_records
from consult.domain.errors import RuleBroken
from consult.models import (
    Award,
    CallEnvelope,
    JournalEntry,
    Mandate,
    Principle,
    SplitDecision,
    SplitEnvelope,
    SplitLine,
)
from consult.services import splits
from consult.services.splits import Wanted
from tests import open_calls
from tests.splits import closed, published, ready, wanted

DAY = timedelta(days=1)


@pytest.fixture
def officer(make):
    return make.account("local_authority")


@pytest.fixture
def call(make, officer, noise):
    return closed(make, officer)


@pytest.fixture
def noise(make):
    """Another call with its own project and envelope."""
    other = open_calls.call(make, envelopes=(7_777,), principles=0)
    return open_calls.project(make, other, asked=99_999)


def refused(code, status, act, *given, **facts):
    with pytest.raises(RuleBroken) as caught:
        act(*given, **facts)
    assert (caught.value.code, caught.value.status) == (code, status)


def received(session, decision):
    session.commit()
    query = select(Award.project_id, func.sum(Award.cents)).group_by(Award.project_id)
    found = session.execute(query.where(Award.decision_id == decision.id))
    return {project: int(cents) for project, cents in found}


def test_only_what_respects_every_principle_is_counted(session, make, call, now):
    sent = ready(make, session, call, 60_000, 80_000)
    one = session.scalars(select(Principle).where(Principle.call_id == call.id)).one()
    waits = open_calls.project(make, call, title="Pas lu")
    again = open_calls.project(make, call, title="Non sans second regard")
    open_calls.assess(make, again, one, "no")
    short = open_calls.project(make, call, title="À compléter")
    open_calls.assess(make, short, one, "to_complete")
    out = open_calls.project(make, call, title="Non")
    open_calls.assess(make, out, one, "no", second_verdict="no", second_reason="Non.")
    for facts in (
        {"state": "withdrawn"},
        {"state": "draft", "number": None},
        {"moderation": "hidden"},
    ):
        gone = open_calls.project(make, call, **facts)
        open_calls.assess(make, gone, one)
    draft = splits.compute(session, call, now=now)
    assert {claim.project for claim in draft.shared.claims} == {one.id for one in sent}
    assert sorted(draft.shared.series.awards) == [50_000, 50_000]
    names = {key: {row.title for row in rows} for key, rows in draft.left_out.items()}
    assert names == {
        "unread": {waits.title, again.title},
        "to_complete": {short.title},
        "refused": {out.title},
    }
    assert session.scalar(select(func.count()).select_from(SplitDecision)) == 0


def test_a_split_is_published_once_with_all_that_proves_it(session, make, call, officer, now):
    sent = ready(make, session, call, 20_000, 70_000, 90_000)
    decision = published(session, call, officer, now)
    assert received(session, decision) == {
        sent[0].id: 20_000,
        sent[1].id: 40_000,
        sent[2].id: 40_000,
    }
    stored = session.get_one(SplitDecision, decision.id)
    assert split_records.digest(stored.record) == stored.digest
    assert call_splits.again(stored.record) == stored.record
    assert (stored.awarded_cents, stored.left_cents, stored.asked_cents) == (100_000, 0, 180_000)
    entry = session.scalars(select(JournalEntry).where(JournalEntry.act == "split.published")).one()
    assert entry.facts["digest"] == stored.digest and entry.facts["awarded_cents"] == 100_000
    query = select(SplitLine).order_by(SplitLine.by_share)
    lines = session.scalars(query).all()
    assert [one.share for one in lines] == [4_444, 5_714, 10_000]
    assert [one.rank for one in sorted(lines, key=lambda one: one.rank)] == [0, 1, 2]
    assert sum(one.awarded_cents for one in lines) == 100_000
    seen = Wanted(stored.digest, 1)
    refused("split-published", 409, splits.publish, session, call, seen, by=officer, now=now)
    later = Wanted(stored.digest, 2, "Pour rien")
    refused("split-same", 409, splits.publish, session, call, later, by=officer, now=now)
    session.rollback()


@pytest.mark.parametrize("lacks", ["open", "unread", "empty", "no envelope", "own", "changed"])
def test_what_is_not_ready_is_not_published(session, make, officer, now, lacks, noise):
    facts = {"open": {"closes_at": now + DAY}, "no envelope": {"envelopes": ()}}
    call = closed(make, officer, **facts.get(lacks, {}))
    sent = [] if lacks == "empty" else ready(make, session, call, 500)
    seen = wanted(session, call, now)
    if lacks == "unread":
        open_calls.project(make, call)
    if lacks == "own":
        lead = make.organisation()
        ready(make, session, call, 700, lead=lead)
        mandate = {"organisation_id": lead.id, "account_id": officer.id, "began_at": now}
        make.save(Mandate(**mandate))
    if lacks == "changed":
        session.scalars(select(CallEnvelope).where(CallEnvelope.call_id == call.id)).one()
        session.query(CallEnvelope).filter_by(call_id=call.id).update({"amount_cents": 1})
        session.commit()
    code, status = {
        "open": ("call-open", 409),
        "own": ("split-own-project", 403),
        "changed": ("split-changed", 409),
    }.get(lacks, ("split-not-ready", 409))
    refused(code, status, splits.publish, session, call, seen, by=officer, now=now)
    session.rollback()
    assert session.scalar(select(func.count()).select_from(SplitDecision)) == 0
    assert len(sent) == (0 if lacks == "empty" else 1)


def test_a_mandate_that_ended_or_in_another_call_is_no_conflict(
    session, make, call, officer, now, noise
):
    lead = make.organisation()
    ready(make, session, call, 500, lead=lead)
    ended = {"began_at": now - DAY, "ended_at": now}
    make.save(Mandate(organisation_id=lead.id, account_id=officer.id, **ended))
    assert not splits.has_conflict(session, call, officer)
    assert published(session, call, officer, now).number == 1


def test_when_a_project_gives_up_nobody_loses_and_the_old_split_is_kept(
    session, make, call, officer, now
):
    sent = ready(make, session, call, 60_001, 50_000, 70_000, 1_000)
    first = published(session, call, officer, now)
    had, kept = received(session, first), dict(first.record)
    sent[0].state, sent[0].withdrawn_at = "withdrawn", now
    session.commit()
    bare = wanted(session, call, now, number=2)
    refused("split-reason-missing", 422, splits.publish, session, call, bare, by=officer, now=now)
    session.rollback()
    second = published(session, call, officer, now, number=2, reason="Le projet renonce.")
    has = received(session, second)
    assert set(has) == {one.id for one in sent[1:]}
    assert all(has[project] >= had[project] for project in has)
    assert sum(has.values()) == 100_000
    session.expire_all()
    assert session.get_one(SplitDecision, first.id).record == kept
    acts = session.scalars(select(JournalEntry).where(JournalEntry.act == "split.published"))
    assert {one.facts.get("follows") for one in acts} == {None, first.digest}


def test_each_envelope_helps_those_of_its_territory_and_priority(session, make, officer, now):
    call = closed(make, officer, envelopes=(), priorities=["Jeunes"], floor_cents=100)
    for position, facts in enumerate(({"territory_code": "D-54"}, {"priority": 1}, {}), start=1):
        given = {"funder": f"F{position}", "amount_cents": 1_000, "position": position}
        make.save(CallEnvelope(call_id=call.id, **given, **facts))
    near = ready(make, session, call, 900, territory_code="M-54395")[0]
    young = ready(make, session, call, 1_500, territory_code="D-51", priority=1)[0]
    far = ready(make, session, call, 2_000, territory_code="D-51")[0]
    decision = published(session, call, officer, now)
    assert received(session, decision) == {near.id: 900, young.id: 1_500, far.id: 500}
    session.commit()
    query = select(SplitEnvelope).order_by(SplitEnvelope.position)
    parts = session.scalars(query).all()
    assert [(one.projects, one.awarded_cents) for one in parts] == [
        (1, 900),
        (1, 1_000),
        (3, 1_000),
    ]
    assert [one.floor_cents for one in parts] == [100, 0, 0]
    claims = {row["project"]: row.get("sources") for row in decision.record["projects"]}
    assert claims == {near.id: [0, 2], young.id: [1, 2], far.id: [2]}
    assert call_splits.again(decision.record) == decision.record


def test_two_who_publish_at_once_make_one_decision(app, session, make, call, officer, now):
    from consult.extensions import db
    from consult.models import Account, OpenCall

    ready(make, session, call, 500, 700)
    seen, found = wanted(session, call, now), []
    session.commit()
    barrier = threading.Barrier(2)

    def act():
        with app.app_context():
            mine = db.session()
            try:
                barrier.wait(10)
                held = mine.get_one(OpenCall, call_id)
                by = mine.get_one(Account, officer_id)
                splits.publish(mine, held, seen, by=by, now=now)
                mine.commit()
                found.append(201)
            except RuleBroken as broken:
                mine.rollback()
                found.append(broken.status)
            finally:
                db.session.remove()

    call_id, officer_id = call.id, officer.id
    session.commit()
    people = [threading.Thread(target=act) for _ in range(2)]
    for one in people:
        one.start()
    for one in people:
        one.join(30)
    assert sorted(found) == [201, 409]
    assert session.scalar(select(func.count()).select_from(SplitDecision)) == 1


def test_the_database_keeps_a_number_for_one_decision(session, make, call, officer, now):
    ready(make, session, call, 500)
    first = published(session, call, officer, now)
    names = {column.name for column in SplitDecision.__table__.columns} - {"id"}
    facts = {name: getattr(first, name) for name in names}
    refused("split-published", 409, splits._add, session, SplitDecision(**facts))
    session.rollback()
