"""A bank's statement settles what it names, to the cent and to the account, and guesses nothing."""

import pytest

from consult.models import JournalEntry
from consult.services import bank_statements, payment_files
from tests import payments as split
from tests.payments import IBANS, entry, statement
from tests.services.test_payments import amounts, refused, rows


@pytest.fixture
def one(session, make, now):
    """A call of two payments that were asked of the bank."""
    found = split.awarded(make)
    found.officer = make.account("administrator")
    split.paying(make, found.call)
    for project, iban in zip(found.projects, IBANS, strict=False):
        split.details(make, project, iban)
    payment_files.make(session, found.call, by=found.officer, now=now)
    session.commit()
    by_project = {payment.project_id: payment for payment in rows(session, found.call)}
    found.first, found.second = (by_project[project.id] for project in found.projects)
    found.read = lambda *entries, by=None: bank_statements.reconcile(
        session, found.call, statement(*entries), by=by or found.officer, now=now
    )
    return found


def counts(done):
    return done.paid, done.returned, done.known, done.own, len(done.unmatched)


def test_a_payment_is_known_by_name_amount_and_account(session, one):
    name = one.first.end_to_end
    wrong = [
        entry(name, "800.01", IBANS[0]),
        entry(name, "800.00", IBANS[1]),
        entry(name, "800.00", IBANS[0]).replace("<IBAN>", "<BBAN>").replace("</IBAN>", "</BBAN>"),
        entry("NOTPROVIDED", "800.00", IBANS[0]),
        entry("", "800.00", IBANS[0]),
    ]
    done = one.read(*wrong)
    assert counts(done) == (0, 0, 0, 0, 5) and one.first.state == "sent"
    done = one.read(*wrong, entry(name, "800.00", IBANS[0], day="2026-11-20"))
    session.commit()
    assert counts(done) == (1, 0, 0, 0, 5)
    assert one.first.state == "paid" and one.first.paid_on.isoformat() == "2026-11-20"
    assert one.second.state == "sent"
    again = one.read(entry(name, "800.00", IBANS[0]), entry(name, "800.00", IBANS[0]))
    assert counts(again) == (0, 0, 2, 0, 0)
    assert session.query(JournalEntry).filter_by(act="statement.read").count() == 1


def test_what_came_back_is_due_again(session, one):
    left = entry(one.second.end_to_end, "1200.01", IBANS[1], day="2026-11-20")
    back = entry(
        one.second.end_to_end, "1200.01", IBANS[1], sense="CRDT", day="2026-11-20", reason="AC04"
    )
    done = one.read(back, left)
    session.commit()
    assert counts(done) == (1, 1, 0, 0, 0)
    assert one.second.state == "returned" and one.second.reason == "AC04"
    assert amounts(session, one.call) == [120_001]
    assert counts(one.read(back, left)) == (0, 0, 2, 0, 0)
    assert amounts(session, one.call) == [120_001]


def test_what_left_from_a_file_taken_back_is_shown(session, make, now, one):
    payment_files.cancel(session, one.call, one.first.file_id, by=one.officer, now=now)
    done = one.read(entry(one.first.end_to_end, "800.00", IBANS[0]))
    assert counts(done) == (0, 0, 0, 0, 1)


def test_nobody_settles_their_own_project(session, one):
    line = entry(one.first.end_to_end, "800.00", IBANS[0])
    done = one.read(line, by=one.people[0])
    assert counts(done) == (0, 0, 0, 1, 0) and one.first.state == "sent"


def test_only_the_statement_of_the_calls_own_account(session, make, now, one):
    told = {"by": one.officer, "now": now}
    with refused("statement-other-account"):
        bank_statements.reconcile(session, one.call, statement(iban=IBANS[0]), **told)
    with refused("statement-unreadable"):
        bank_statements.reconcile(session, one.call, b"<a/>", **told)
    with refused("paying-account-missing"):
        other = split.awarded(make).call
        bank_statements.reconcile(session, other, statement(), **told)
