"""A file of transfers: what is due, once, and taken back whole."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.domain.errors import RuleBroken
from consult.models import JournalEntry, OpenCall, Payment, PaymentFile, ProjectReport
from consult.services import payment_files, payments
from tests import payments as split
from tests.services.test_payments import amounts, refused, rows


@pytest.fixture
def one(make):
    """A call with an account to pay from; its first project gave its own."""
    found = split.awarded(make)
    found.officer = make.account("administrator")
    split.paying(make, found.call)
    split.details(make, found.projects[0])
    return found


def test_a_file_holds_what_is_due_to_those_who_said_where(session, make, now, one):
    made = payment_files.make(session, one.call, by=one.officer, now=now)
    session.commit()
    (sent,) = rows(session, one.call, "sent")
    assert (made.payments, made.total_cents) == (1, 80_000)
    assert sent.file_id == made.id and len(sent.target) == 64
    kept = payment_files.of_call(session, one.call, made.id)
    assert split.IBANS[0] in kept.content and sent.end_to_end in kept.content
    assert ">800.00<" in kept.content and "Association Ete" in kept.content
    stored = session.connection().exec_driver_sql("select content from payment_file").scalar_one()
    assert split.IBANS[0] not in stored
    entry = session.query(JournalEntry).filter_by(act="payment_file.made").one()
    assert split.IBANS[0] not in str(entry.facts) and entry.facts["cents"] == 80_000
    with refused("nothing-to-pay"):
        payment_files.make(session, one.call, by=one.officer, now=now)


def test_what_is_not_due_waits(session, make, now, one):
    later = (now + timedelta(days=1)).date()
    split.steps(make, one.call, (5_000, later, False), (5_000, now.date(), True))
    told = {"by": one.officer, "now": now}
    with refused("nothing-to-pay"):
        payment_files.make(session, one.call, **told)
    about = {"project_id": one.projects[0].id, "done": "Fait.", "updated_at": now}
    make.save(ProjectReport(published_at=now, **about))
    made = payment_files.make(session, one.call, **told)
    session.commit()
    assert made.total_cents == 40_000
    one.projects[1].state = "withdrawn"
    split.details(make, one.projects[1])
    again = payment_files.make(session, one.call, by=one.officer, now=now + timedelta(days=1))
    session.commit()
    assert again.total_cents == 40_000


def test_a_file_holds_nothing_of_ones_own_project(session, make, now, one):
    split.details(make, one.projects[1])
    made = payment_files.make(session, one.call, by=one.people[0], now=now)
    session.commit()
    assert made.total_cents == 120_001
    with refused("nothing-to-pay"):
        payment_files.make(session, one.call, by=one.people[0], now=now)


def test_without_an_account_to_pay_from_there_is_no_file(session, make, now):
    found = split.awarded(make)
    with refused("paying-account-missing"):
        payment_files.make(session, found.call, by=make.account("administrator"), now=now)


def test_a_file_is_taken_back_whole_or_not_at_all(session, make, now, one):
    split.details(make, one.projects[1], split.IBANS[1])
    told = {"by": one.officer, "now": now}
    made = payment_files.make(session, one.call, **told)
    session.commit()
    other = split.awarded(make).call
    for call, name in ((other, made.id), (one.call, "x" * 18)):
        with refused("file-unknown"):
            payment_files.cancel(session, call, name, **told)
    with refused("file-unknown"):
        payment_files.of_call(session, other, made.id)
    payment_files.cancel(session, one.call, made.id, **told)
    session.commit()
    assert made.cancelled_at == now and made.content == ""
    assert amounts(session, one.call) == [80_000, 120_001]
    assert len(rows(session, one.call, "returned")) == 2
    with refused("file-settled"):
        payment_files.cancel(session, one.call, made.id, **told)
    again = payment_files.make(session, one.call, **told)
    first = rows(session, one.call, "sent")[0]
    payments.mark_paid(session, one.call, first.id, payments.Made(""), **told)
    session.commit()
    with refused("file-settled"):
        payment_files.cancel(session, one.call, again.id, **told)


def test_two_at_once_make_one_file(session, make, now, one):
    engine, call_id, by = session.get_bind(), one.call.id, one.officer
    session.expunge(by)
    together, ends = threading.Barrier(2), []

    def work():
        with Session(engine, expire_on_commit=False) as own:
            call = own.get(OpenCall, call_id)
            own.rollback()
            together.wait(20)
            try:
                payment_files.make(own, call, by=by, now=now)
                own.commit()
                ends.append("made")
            except RuleBroken as broken:
                own.rollback()
                ends.append(broken.code)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(ends) == ["made", "nothing-to-pay"]
    assert len(session.scalars(select(PaymentFile).order_by(PaymentFile.id)).all()) == 1
    found = session.scalars(select(Payment.state).order_by(Payment.id)).all()
    assert sorted(found) == ["sent", "to_pay"]
