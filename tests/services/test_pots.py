"""A common pot: fed by members, drawn by the calls that are published, never overdrawn."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import CallEnvelope, Pot, PotPayment
from consult.queries import pots as queries
from consult.services import call_publication, pots
from tests import open_calls
from tests import payments as shared

FACTS = {"title": "Caisse des communes", "kept_by": "La Maison des associations", "about": ""}


@pytest.fixture
def officer(make):
    return make.account("local_authority")


@pytest.fixture
def pot(session, officer, now):
    found = pots.create(session, values=FACTS, by=officer, now=now)
    noise = pots.create(session, values=FACTS, by=officer, now=now)
    for place, cents in ((found, 10_000), (found, 5_000), (noise, 99)):
        pays(session, place, cents, officer, now)
    return found


def pays(session, pot, cents, officer, now, payer="Commune de Val"):
    paid = pots.Paid(payer, cents, now.date())
    return pots.receive(session, pot, paid, by=officer, now=now)


def drawing(make, pot, cents, **facts):
    """A call whose first envelope is taken from the pot, and another that is not."""
    call = open_calls.call(make, envelopes=(cents, 7), may_apply="Tous", **facts)
    query = select(CallEnvelope).where(CallEnvelope.call_id == call.id)
    make.session.scalars(query.order_by(CallEnvelope.position)).first().pot_id = pot.id
    make.session.flush()
    return call


def draft(make, pot, cents):
    return drawing(make, pot, cents, published_at=None, seed=None, terms=None, terms_digest=None)


def standing(session, pot):
    (row,) = session.execute(queries.standing(Pot.id == pot.id)).all()
    return row.received_cents, row.taken_cents


def publish(session, call, officer, now):
    call_publication.publish(session, call, actor=f"account:{officer.id}", now=now)


def refused(code, act, *args, **facts):
    with pytest.raises(RuleBroken) as broken:
        act(*args, **facts)
    assert broken.value.code == code


def test_a_call_takes_no_more_than_what_was_paid_in(session, make, pot, officer, now):
    assert standing(session, pot) == (15_000, 0)
    first, second = draft(make, pot, 9_000), draft(make, pot, 6_001)
    assert standing(session, pot) == (15_000, 0)
    publish(session, first, officer, now)
    assert first.terms["envelopes"][0]["pot_id"] == pot.id
    session.commit()
    refused("pot-short", publish, session, second, officer, now)
    session.rollback()
    assert standing(session, pot) == (15_000, 9_000)
    pays(session, pot, 1, officer, now)
    publish(session, second, officer, now)
    assert standing(session, pot) == (15_001, 15_001)
    rows = session.execute(queries.calls(pot.id)).all()
    assert sorted(row.cents for row in rows) == [6_001, 9_000]
    call_publication.cancel(session, second, reason="Trop tôt.", actor="account:x", now=now)
    assert standing(session, pot) == (15_001, 9_000)


def test_what_a_split_leaves_goes_back_and_a_later_split_may_not_overdraw(
    session, make, pot, officer, now
):
    call = drawing(make, pot, 9_000)
    project = open_calls.project(make, call)
    shared.decide(make, call, {(project, 1): 4_000, (project, 2): 7})
    assert standing(session, pot) == (15_000, 4_000)
    other = draft(make, pot, 11_000)
    publish(session, other, officer, now)
    shared.decide(make, call, {(project, 1): 4_001, (project, 2): 7}, number=2)
    assert standing(session, pot) == (15_000, 15_001)
    refused("pot-short", pots.draw, session, call)


def test_a_payment_written_by_mistake_is_deleted_while_nothing_counts_on_it(
    session, make, pot, officer, now
):
    wrong = pays(session, pot, 100, officer, now)
    pots.take_back(session, pot, wrong.id, by=officer, now=now)
    assert session.get(PotPayment, wrong.id) is None
    drawing(make, pot, 5_001)
    (large, small) = session.scalars(
        select(PotPayment)
        .where(PotPayment.pot_id == pot.id)
        .order_by(PotPayment.amount_cents.desc())
    ).all()
    pots.take_back(session, pot, small.id, by=officer, now=now)
    session.commit()
    refused("pot-short", pots.take_back, session, pot, large.id, by=officer, now=now)
    session.rollback()
    other = session.scalars(select(PotPayment).where(PotPayment.pot_id != pot.id)).one()
    for key in (other.id, "0" * 18):
        refused("pot-payment-unknown", pots.take_back, session, pot, key, by=officer, now=now)
    assert [row.PotPayment.id for row in session.execute(queries.payments(pot.id))] == [large.id]


@pytest.mark.parametrize(
    ("code", "payer", "cents", "days"),
    [
        ("payer-missing", " ", 1, 0),
        ("amount-of-nothing", "Commune", 0, 0),
        ("amount-of-nothing", "Commune", 10**15 + 1, 0),
        ("payment-day-future", "Commune", 1, 2),
    ],
)
def test_what_cannot_have_been_paid_is_refused(
    session, pot, officer, now, code, payer, cents, days
):
    paid = pots.Paid(payer, cents, (now + timedelta(days=days)).date())
    refused(code, pots.receive, session, pot, paid, by=officer, now=now)


def test_an_envelope_is_taken_from_a_pot_that_is_there(session, pot):
    assert pots.known(session, pot.id) == pot.id
    assert pots.known(session, None) is None
    refused("pot-unknown", pots.known, session, "0" * 18)
