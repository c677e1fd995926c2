"""Splits that two people decide: one proposes, another publishes; what changed is read again."""

import pytest

from consult.domain.errors import RuleBroken
from consult.models import SplitProposal
from consult.services import splits
from consult.services.splits import Wanted
from tests import open_calls
from tests.splits import closed, ready, wanted


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


def test_where_two_are_needed_another_person_publishes_what_was_proposed(
    session, make, officer, now, noise
):
    call = closed(make, officer, needs_two=True)
    other = make.account("local_authority")
    open_calls.runs(make, call, other)
    sent = ready(make, session, call, 500, 700)
    seen = wanted(session, call, now)
    given = (session, call, seen)
    refused("split-not-proposed", 409, splits.publish, *given, by=other, now=now)
    splits.propose(*given, by=officer, now=now)
    splits.propose(*given, by=officer, now=now)
    session.commit()
    refused("split-same-person", 403, splits.publish, *given, by=officer, now=now)
    sent[0].asked_cents = 600
    session.commit()
    fresh = wanted(session, call, now)
    refused("split-changed", 409, splits.publish, session, call, fresh, by=other, now=now)
    refused("split-changed", 409, splits.publish, *given, by=other, now=now)
    splits.propose(session, call, fresh, by=officer, now=now)
    decision = splits.publish(session, call, fresh, by=other, now=now)
    session.commit()
    assert (decision.proposed_by_id, decision.published_by_id) == (officer.id, other.id)
    assert session.get(SplitProposal, call.id) is None
    sent[1].state = "withdrawn"
    session.commit()
    bare = wanted(session, call, now, number=2)
    refused("split-reason-missing", 422, splits.propose, session, call, bare, by=other, now=now)
    why = Wanted(bare.digest, 2, "Le projet 2 renonce.")
    splits.propose(session, call, why, by=other, now=now)
    second = splits.publish(session, call, bare, by=officer, now=now)
    session.commit()
    assert (second.number, second.reason) == (2, "Le projet 2 renonce.")


def test_what_someone_proposed_who_left_or_has_a_part_is_not_published(
    session, make, officer, now, noise
):
    call = closed(make, officer, needs_two=True)
    other, administrator = make.account("local_authority"), make.account("administrator")
    runs = open_calls.runs(make, call, other)
    sent = ready(make, session, call, 500)
    seen = wanted(session, call, now)
    given = (session, call, seen)
    splits.propose(*given, by=other, now=now)
    sent[0].account_id = other.id
    session.commit()
    refused("split-not-proposed", 409, splits.publish, *given, by=officer, now=now)
    sent[0].account_id = None
    session.delete(runs)
    session.commit()
    refused("split-not-proposed", 409, splits.publish, *given, by=officer, now=now)
    splits.propose(*given, by=administrator, now=now)
    administrator.active = False
    session.commit()
    refused("split-not-proposed", 409, splits.publish, *given, by=officer, now=now)
    administrator.active = True
    session.commit()
    assert splits.publish(*given, by=officer, now=now).proposed_by_id == administrator.id


def test_what_changed_is_read_again_before_it_is_published(session, make, call, officer, now):
    (sent,) = ready(make, session, call, 500)
    seen = wanted(session, call, now)
    sent.version += 1
    session.commit()
    assert [row.id for row in splits.compute(session, call, now=now).unread] == [sent.id]
    refused("split-not-ready", 409, splits.publish, session, call, seen, by=officer, now=now)


def test_one_person_is_enough_unless_the_call_says_otherwise(session, make, call, officer, now):
    ready(make, session, call, 500)
    seen = wanted(session, call, now)
    refused("split-needs-one", 409, splits.propose, session, call, seen, by=officer, now=now)
