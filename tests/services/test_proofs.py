from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import AccountSession
from consult.services import accounts, passwords, proofs, second_steps

GOOD = "cheval pile agrafe"


@pytest.fixture
def opened(session, now):
    """A maker of sessions, opened an hour ago."""

    def open_one(account, at=None):
        number = accounts.open_session(
            session, account=account, address="", user_agent="", now=at or now - timedelta(hours=1)
        )
        session.commit()
        return accounts.digest(number)

    return open_one


@pytest.fixture
def confirm(session, now):
    def ask(account, here, current="", at=now):
        proofs.confirm(session, account, here=here, current=current, now=at)

    return ask


def unconvinced():
    return pytest.raises(RuleBroken, match="confirm-who")


def test_a_fresh_session_is_asked_nothing(session, make, opened, confirm, now):
    account = make.account()
    confirm(account, opened(account, now - timedelta(minutes=14)))
    with unconvinced():
        confirm(account, opened(account, now - timedelta(minutes=15)))
    with unconvinced():
        confirm(account, "inconnu")


def test_a_password_is_a_proof_for_a_quarter_of_an_hour(session, make, opened, confirm, now):
    account = make.account(password=passwords.HASHER.hash(GOOD))
    here, elsewhere = opened(account), opened(account)
    for typed in ("", "faux", "000000"):
        with unconvinced():
            confirm(account, here, typed)
    confirm(account, here, GOOD)
    confirm(account, here, at=now + timedelta(minutes=14))
    with unconvinced():
        confirm(account, here, at=now + timedelta(minutes=15))
    with unconvinced():
        confirm(account, elsewhere)
    proved = session.scalars(select(AccountSession.proved_at).order_by(AccountSession.id_hash))
    assert sorted(proved.all(), key=str) == [now, None]


def test_nobody_without_a_password_confirms_with_an_empty_one(session, make, opened, confirm):
    account = make.account()
    for typed in ("", " ", GOOD):
        with unconvinced():
            confirm(account, opened(account), typed)


def test_a_code_of_the_second_step_is_a_proof_once(session, make, opened, confirm, now):
    account = make.account()
    secret = second_steps.begin(session, account, now=now)
    with unconvinced():  # not on yet
        confirm(account, opened(account), pyotp.TOTP(secret).at(now))
    before = now - timedelta(hours=2)
    codes = second_steps.confirm(
        session, account, pyotp.TOTP(secret).at(before), here="", now=before
    )
    first, second = opened(account), opened(account)
    confirm(account, first, pyotp.TOTP(secret).at(now))
    with unconvinced():
        confirm(account, second, pyotp.TOTP(secret).at(now))
    confirm(account, second, codes[0])
    with unconvinced():
        confirm(account, opened(account), codes[0])
