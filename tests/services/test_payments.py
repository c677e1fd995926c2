"""What is to pay follows the decision in force; what is paid stays."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import Instalment, JournalEntry, Mandate, Payment, ProjectCarrier
from consult.services import payment_files, payments
from tests import open_calls
from tests import payments as split


def refused(code):
    return pytest.raises(RuleBroken, match=f"^{code}$")


def rows(session, call, state=None):
    query = select(Payment).where(Payment.call_id == call.id)
    found = session.scalars(query.order_by(Payment.project_id, Payment.position, Payment.id))
    return [one for one in found if state in (None, one.state)]


def amounts(session, call, state="to_pay"):
    return sorted(one.amount_cents for one in rows(session, call, state))


def acts(session):
    return session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()


def test_a_plan_cuts_each_award_once(session, make, now):
    one, noise = split.awarded(make), split.awarded(make)
    split.steps(make, one.call, (8_000, now.date(), False), (2_000, None, True))
    planned = payments.plan(session, one.call, actor="system", now=now)
    session.commit()
    assert (planned.made, planned.removed, planned.over) == (4, 0, {})
    assert amounts(session, one.call) == [16_000, 24_001, 64_000, 96_000]
    first = rows(session, one.call)[0]
    assert first.due_on == now.date() and not first.after_report
    names = {payment.end_to_end for payment in rows(session, one.call)}
    assert len(names) == 4 and all(len(name) <= 35 for name in names)
    again = payments.plan(session, one.call, actor="system", now=now)
    session.commit()
    assert (again.made, again.removed) == (0, 0)
    assert {payment.end_to_end for payment in rows(session, one.call)} == names
    assert acts(session).count("payments.planned") == 1
    assert rows(session, noise.call) == []
    with refused("no-split-yet"):
        payments.plan(session, open_calls.call(make), actor="system", now=now)


def test_a_new_decision_leaves_the_difference_and_says_what_was_overpaid(session, make, now):
    one = split.awarded(make, cents=(80_000, 100_000))
    officer = make.account("administrator")
    split.steps(make, one.call, (5_000, None, False), (5_000, now.date(), False))
    payments.plan(session, one.call, actor="system", now=now)
    first, second = one.projects
    for payment in rows(session, one.call):
        if payment.project_id == first.id or payment.position == 1:
            made = payments.Made("", " VIR 1 ")
            payments.mark_paid(session, one.call, payment.id, made, by=officer, now=now)
    session.commit()
    assert amounts(session, one.call, "paid") == [40_000, 40_000, 50_000]
    split.decide(make, one.call, {(first, 1): 60_000, (second, 1): 120_000}, number=2)
    before = payments.standing(session, one.call)
    assert not before.is_planned and before.over == {first.id: 20_000}
    planned = payments.plan(session, one.call, actor="system", now=now)
    session.commit()
    assert planned.over == {first.id: 20_000}
    assert amounts(session, one.call) == [10_000, 60_000]
    after = payments.standing(session, one.call)
    assert after.is_planned and after.cents == {"to_pay": 70_000, "sent": 0, "paid": 130_000}
    split.decide(make, one.call, {(first, 1): 80_000}, number=3)
    payments.plan(session, one.call, actor="system", now=now)
    session.commit()
    assert amounts(session, one.call) == []
    assert payments.standing(session, one.call).over == {second.id: 50_000}


def test_fewer_instalments_take_the_others_away(session, make, now):
    one = split.awarded(make, cents=(80_000,))
    split.steps(make, one.call, (5_000, None, False), (5_000, None, False))
    payments.plan(session, one.call, actor="system", now=now)
    for step in session.query(Instalment).filter_by(call_id=one.call.id, position=2):
        session.delete(step)
    session.flush()
    payments.plan(session, one.call, actor="system", now=now)
    session.commit()
    assert amounts(session, one.call) == [80_000]


def test_two_envelopes_are_two_payments(session, make, now):
    call = open_calls.call(make, envelopes=(100_000, 50_000))
    project = open_calls.project(make, call)
    split.decide(make, call, {(project, 1): 10_000, (project, 2): 5_000})
    payments.plan(session, call, actor="system", now=now)
    session.commit()
    assert amounts(session, call) == [5_000, 10_000]
    assert payments.standing(session, call).is_planned
    assert payments.standing(session, open_calls.call(make)).is_planned


def test_what_moves_from_one_envelope_to_another_is_not_paid_twice(session, make, now):
    call = open_calls.call(make, envelopes=(10_000, 10_000))
    project, officer = open_calls.project(make, call), make.account("administrator")
    split.decide(make, call, {(project, 1): 5_000, (project, 2): 5_000})
    payments.plan(session, call, actor="system", now=now)
    for payment in rows(session, call):
        payments.mark_paid(session, call, payment.id, payments.Made(""), by=officer, now=now)
    split.decide(make, call, {(project, 1): 10_000}, number=2)
    planned = payments.plan(session, call, actor="system", now=now)
    session.commit()
    assert (planned.made, planned.over, amounts(session, call)) == (0, {}, [])
    standing = payments.standing(session, call)
    assert standing.is_planned and standing.over == {}


def test_a_project_that_was_taken_back_is_not_paid(session, make, now):
    one, officer = split.awarded(make), make.account("administrator")
    payments.plan(session, one.call, actor="system", now=now)
    one.projects[0].state = "withdrawn"
    session.commit()
    (payment,) = [p for p in rows(session, one.call) if p.project_id == one.projects[0].id]
    with refused("payment-withdrawn"):
        payments.mark_paid(session, one.call, payment.id, payments.Made(""), by=officer, now=now)


def test_a_payment_is_paid_once_on_a_day_that_came(session, make, now):
    one, noise = split.awarded(make), split.awarded(make)
    officer = make.account("administrator")
    payments.plan(session, one.call, actor="system", now=now)
    payments.plan(session, noise.call, actor="system", now=now)
    payment, other = rows(session, one.call)[0], rows(session, noise.call)[0]
    told = {"by": officer, "now": now}
    tomorrow = (now + timedelta(days=1)).date().isoformat()
    with refused("payment-day-future"):
        payments.mark_paid(session, one.call, payment.id, payments.Made(tomorrow), **told)
    with refused("payment-unknown"):
        payments.mark_paid(session, one.call, other.id, payments.Made(""), **told)
    with refused("payment-unknown"):
        payments.mark_paid(session, one.call, "x" * 18, payments.Made(""), **told)
    made = payments.Made("2026-11-20", "VIR 12")
    payments.mark_paid(session, one.call, payment.id, made, **told)
    session.commit()
    assert payment.state == "paid" and payment.paid_on.isoformat() == "2026-11-20"
    assert payment.reference == "VIR 12"
    with refused("payment-settled"):
        payments.mark_paid(session, one.call, payment.id, made, **told)
    assert acts(session).count("payment.paid") == 1


def test_nobody_pays_a_project_of_their_own(session, make, now):
    one = split.awarded(make)
    payments.plan(session, one.call, actor="system", now=now)
    carrier = one.people[0]
    payment = next(p for p in rows(session, one.call) if p.project_id == one.projects[0].id)
    with refused("pays-own-project"):
        payments.mark_paid(session, one.call, payment.id, payments.Made(""), by=carrier, now=now)
    lead = make.organisation()
    colleague = make.account()
    make.save(Mandate(organisation_id=lead.id, account_id=colleague.id, began_at=now))
    make.save(ProjectCarrier(project_id=payment.project_id, organisation_id=lead.id))
    with refused("pays-own-project"):
        payments.mark_returned(session, one.call, payment.id, "x", by=colleague, now=now)


def test_what_comes_back_is_due_again(session, make, now):
    one = split.awarded(make, cents=(80_000,))
    officer = make.account("administrator")
    payments.plan(session, one.call, actor="system", now=now)
    payment = rows(session, one.call)[0]
    told = {"by": officer, "now": now}
    with refused("return-reason-missing"):
        payments.mark_returned(session, one.call, payment.id, " ", **told)
    with refused("payment-not-made"):
        payments.mark_returned(session, one.call, payment.id, "Compte fermé", **told)
    payments.mark_paid(session, one.call, payment.id, payments.Made(""), **told)
    payments.mark_returned(session, one.call, payment.id, "Compte fermé", **told)
    session.commit()
    assert payment.state == "returned" and payment.reason == "Compte fermé"
    assert amounts(session, one.call) == [80_000]
    assert rows(session, one.call, "to_pay")[0].end_to_end != payment.end_to_end


def test_a_file_forgets_its_text_once_all_of_it_is_settled(session, make, now):
    one = split.awarded(make)
    officer = make.account("administrator")
    split.paying(make, one.call)
    for project in one.projects:
        split.details(make, project)
    made = payment_files.make(session, one.call, by=officer, now=now)
    session.commit()
    first, second = rows(session, one.call, "sent")
    told = {"by": officer, "now": now}
    payments.mark_paid(session, one.call, first.id, payments.Made(""), **told)
    session.commit()
    assert made.content
    payments.mark_returned(session, one.call, second.id, "Compte fermé", **told)
    session.commit()
    session.refresh(made)
    assert made.content == "" and len(made.digest) == 64
