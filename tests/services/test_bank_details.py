import pytest

from consult.domain import bank_accounts
from consult.models import BankDetails, JournalEntry, Mandate, PayingAccount
from consult.services import bank_details
from tests import payments as split
from tests.services.test_payments import refused

ACCOUNT = bank_accounts.Account("Association Été", split.IBANS[0])
OTHER = bank_accounts.Account("Association Été", split.IBANS[1], "AGRIFRPP")


@pytest.fixture
def one(make):
    return split.awarded(make)


def test_details_are_given_after_an_award_only_sealed_and_replaced(session, make, now, one):
    by = one.people[0]
    outside = split.carried(make, one.call, by)
    with refused("award-missing"):
        bank_details.give(session, outside, ACCOUNT, by=by, now=now)
    for account in (ACCOUNT, OTHER):
        bank_details.give(session, one.projects[0], account, by=by, now=now)
        session.commit()
    kept = session.query(BankDetails).one()
    assert (kept.iban, kept.bic, kept.account_id) == (OTHER.iban, OTHER.bic, by.id)
    stored = session.connection().exec_driver_sql("select * from bank_details").one()
    assert "Association" not in str(stored) and OTHER.iban not in str(stored)
    entries = session.query(JournalEntry).filter_by(act="bank_details.given").all()
    assert len(entries) == 2 and all(entry.facts == {} for entry in entries)


def test_only_who_acts_for_what_leads_a_project_says_where_it_is_paid(session, make, now, one):
    by, project = one.people[0], one.projects[0]
    mandate = session.query(Mandate).filter_by(account_id=by.id).one()
    for other in (make.account(), one.people[1]):
        with refused("project-carriers-only"):
            bank_details.give(session, project, ACCOUNT, by=other, now=now)
    mandate.ended_at = now
    session.commit()
    with refused("project-carriers-only"):  # they wrote it, and act for nobody any more
        bank_details.give(session, project, ACCOUNT, by=by, now=now)


def test_the_longest_name_fits_once_sealed(session, now, one):
    account = bank_accounts.read("é" * 60, split.IBANS[0])
    bank_details.give(session, one.projects[0], account, by=one.people[0], now=now)
    session.commit()
    assert session.query(BankDetails).one().holder == "é" * 60


def test_a_call_is_paid_from_one_account(session, make, now, one):
    officer = make.account("administrator")
    for account in (ACCOUNT, OTHER):
        bank_details.give_paying(session, one.call, account, by=officer, now=now)
        session.commit()
    assert session.query(PayingAccount).one().iban == OTHER.iban


def test_what_someone_gave_is_forgotten_with_them(session, make, now, one):
    for project, person in zip(one.projects, one.people, strict=True):
        bank_details.give(session, project, ACCOUNT, by=person, now=now)
    bank_details.forget(session, one.people[0].id)
    session.commit()
    assert session.query(BankDetails.project_id).one() == (one.projects[1].id,)
