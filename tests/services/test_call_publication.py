"""Publishing a call with its terms, extending it, giving it up."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.domain.errors import RuleBroken
from consult.models import JournalEntry, OpenCall, SplitDecision
from consult.services import call_publication
from tests import open_calls as factory
from tests.services.test_open_calls import create, refused

BY = {"actor": "account:x"}


def publish(session, call, now):
    call_publication.publish(session, call, **BY, now=now)


def draft(make):
    return factory.call(
        make, published_at=None, seed=None, terms=None, terms_digest=None, may_apply="Tous"
    )


def test_publication_freezes_the_terms_with_their_digest(session, make, now):
    call = draft(make)
    publish(session, call, now)
    assert len(call.seed) == 64
    assert call.terms["rule"] == "equal_awards"
    assert call.terms["envelopes"][0]["amount_cents"] == 400_000
    assert (call.terms["seed"], call.terms["call"]) == (call.seed, call.id)
    said = json.dumps(call.terms, sort_keys=True, separators=(",", ":"))
    assert call.terms_digest == sha256(said.encode()).hexdigest()
    query = select(JournalEntry.facts).where(JournalEntry.act == "call.published")
    assert session.scalars(query).one()["terms"] == call.terms_digest
    refused("call-already-published", publish, session, call, now)


def test_a_call_that_is_not_ready_stays_a_draft(session, make, now):
    call = create(session, make.account("local_authority"), now, amount_cents=0)
    assert refused("call-not-ready", publish, session, call, now) == 409
    assert call.published_at is None


def test_two_people_publish_at_once_and_one_does(app, session, make, now):
    call = draft(make)
    key, engine = call.id, session.get_bind()
    session.commit()

    def act(_n):
        with Session(engine) as own:
            try:
                publish(own, own.get_one(OpenCall, key), now)
                own.commit()
            except RuleBroken as broken:
                return broken.code
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(act, range(2))) == ["call-already-published", "done"]
    query = select(func.count()).where(JournalEntry.act == "call.published")
    assert session.scalar(query) == 1


def test_the_close_moves_later_with_a_reason_and_never_back(session, make, now):
    call = factory.call(make)
    first, by = call.closes_at, {**BY, "now": now, "reason": "Les vacances"}
    later = first + timedelta(days=5)
    call_publication.extend(session, call, closes_at=later, **by)
    assert (call.closes_at, call.first_closes_at) == (later, first)
    assert call.extended_reason == "Les vacances"
    extend = call_publication.extend
    refused("closing-earlier", extend, session, call, closes_at=first, **by)
    refused("date-missing", extend, session, call, closes_at=None, **by)
    refused("extend-reason-missing", extend, session, call, closes_at=later, **by | {"reason": ""})
    call_publication.extend(session, call, closes_at=later + timedelta(days=1), **by)
    assert call.first_closes_at == first
    late = by | {"now": call.closes_at}
    assert refused("call-closed", extend, session, call, closes_at=later, **late) == 409


def test_a_call_is_given_up_until_its_split_is_published(session, make, now):
    call, by = factory.call(make), {**BY, "now": now}
    cancel = call_publication.cancel
    refused("cancel-reason-missing", cancel, session, call, reason=" ", **by)
    cents = dict.fromkeys(("asked_cents", "awarded_cents", "left_cents", "envelope_cents"), 0)
    shared = factory.call(make)
    facts = {"number": 1, "rule": "equal_awards", "rule_version": "1", "projects": 0, "record": {}}
    make.save(SplitDecision(call_id=shared.id, digest="d" * 64, published_at=now, **facts, **cents))
    refused("call-shared", cancel, session, shared, reason="Non", **by)
    cancel(session, call, reason="Plus d’argent", **by)
    assert (call.cancelled_at, call.cancelled_reason) == (now, "Plus d’argent")
    refused("call-cancelled", cancel, session, call, reason="Encore", **by)
    refused("call-draft", cancel, session, draft(make), reason="Non", **by)


def test_a_draft_is_deleted_and_a_published_call_is_not(session, make, now):
    call, kept = draft(make), factory.call(make)
    call_publication.delete_draft(session, call, **BY, now=now)
    refused("call-locked", call_publication.delete_draft, session, kept, **BY, now=now)
    assert session.scalars(select(OpenCall.id)).all() == [kept.id]
