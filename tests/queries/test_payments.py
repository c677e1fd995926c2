"""What is told of payments: by project for all, by call for those who pay."""

from datetime import timedelta

from consult.models import Mandate, Payment
from consult.queries import payments as queries
from consult.queries import projects
from consult.services import payments
from tests import open_calls
from tests import payments as split


def test_the_public_state_of_each_project(session, make, now):
    one, noise = split.awarded(make), split.awarded(make)
    officer = make.account("administrator")
    split.steps(make, one.call, (5_000, None, False), (5_000, None, False))
    for call in (one.call, noise.call):
        payments.plan(session, call, actor="system", now=now)
    first = one.projects[0].id
    query = session.query(Payment).filter_by(project_id=first).order_by(Payment.position)
    days = ("2026-11-20", "2026-11-22")
    for payment, day in zip(query.all(), days, strict=True):
        made = payments.Made(day)
        payments.mark_paid(session, one.call, payment.id, made, by=officer, now=now)
    session.commit()
    found = {row.project_id: row for row in session.execute(queries.states(one.call.id))}
    assert set(found) == {project.id for project in one.projects}
    assert (found[first].waiting_cents, found[first].paid_cents) == (0, 80_000)
    assert found[first].paid_on.isoformat() == days[1]
    other = found[one.projects[1].id]
    assert (other.waiting_cents, other.paid_cents, other.paid_on) == (120_001, 0, None)


def test_the_decision_in_force_is_the_last_one(session, make):
    one = split.awarded(make)
    first, second = one.projects
    last = split.decide(make, one.call, {(first, 1): 5, (second, 1): 7}, number=2)
    assert session.scalars(queries.in_force(one.call.id)).one().id == last.id
    assert session.scalar(queries.received(first.id)) == 5
    assert session.scalar(queries.received(open_calls.project(make, one.call).id)) == 0
    rows = session.execute(queries.awarded(last.id)).all()
    assert [(row.id, row.cents) for row in rows] == [(first.id, 5), (second.id, 7)]
    assert all(row.organisation.startswith("Structure") for row in rows)


def test_the_board_and_the_statement_tell_the_same_payments(session, make, now):
    one, noise = split.awarded(make), split.awarded(make)
    for call in (one.call, noise.call):
        payments.plan(session, call, actor="system", now=now)
    session.commit()
    board = session.execute(queries.board(one.call.id)).all()
    told = session.execute(queries.all_of(one.call.id)).all()
    assert [row.Payment.end_to_end for row in board] == [row.end_to_end for row in told]
    assert [row.number for row in board] == sorted(row.number for row in board)
    assert {row.is_reported for row in board} <= {0}


def test_a_project_is_ones_own_by_oneself_or_by_an_organisation(session, make, now):
    one = split.awarded(make, cents=(1, 2, 3))
    person, lead = make.account(), make.organisation()
    mandate = make.save(Mandate(organisation_id=lead.id, account_id=person.id, began_at=now))
    led = open_calls.project(make, one.call, lead=lead)
    sent = open_calls.project(make, one.call, account=person)

    def own(query):
        return set(session.scalars(query))

    assert own(projects.conflicting(person.id, one.call.id)) == {led.id, sent.id}
    assert session.scalars(queries.carried(led.id, person.id)).one() is led
    assert session.scalars(queries.carried(one.projects[0].id, person.id)).all() == []
    mandate.ended_at = now + timedelta(days=1)
    session.commit()
    assert own(projects.conflicting(person.id, one.call.id)) == {sent.id}
    assert session.scalars(queries.carried(led.id, person.id)).all() == []
