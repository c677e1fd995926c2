from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import Authenticator, JournalEntry, Passkey, RecoveryCode
from consult.services import accounts, second_steps


def code_at(secret, now):
    return pyotp.TOTP(secret).at(now)


@pytest.fixture
def owner(session, make, now):
    """An account with an application, its secret, and its printed codes."""
    account = make.account()
    secret = second_steps.begin(session, account, now=now)
    before = now - timedelta(minutes=5)
    codes = second_steps.confirm(session, account, code_at(secret, before), here="", now=before)
    session.commit()
    return account, secret, codes


def wrong(session, account, typed, now):
    with pytest.raises(RuleBroken, match="second-step-wrong"):
        second_steps.check(session, account, typed, now=now)


def test_a_code_passes_once(session, owner, now):
    account, secret, _codes = owner
    code = code_at(secret, now)
    second_steps.check(session, account, f" {code[:3]} {code[3:]}", now=now)
    wrong(session, account, code, now)
    later = now + timedelta(seconds=30)
    wrong(session, account, code, later)
    second_steps.check(session, account, code_at(secret, later), now=later)
    acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()
    assert acts.count("account.second-step-passed") == 2
    assert acts.count("account.second-step-refused") == 2


@pytest.mark.parametrize(("seconds", "passes"), [(-30, 1), (30, 1), (-90, 0), (90, 0)])
def test_a_clock_may_be_half_a_minute_off(session, owner, now, seconds, passes):
    account, secret, _codes = owner
    code = code_at(secret, now + timedelta(seconds=seconds))
    if passes:
        second_steps.check(session, account, code, now=now)
    else:
        wrong(session, account, code, now)


def test_an_earlier_code_does_not_pass_after_a_later_one(session, owner, now):
    account, secret, _codes = owner
    second_steps.check(session, account, code_at(secret, now), now=now)
    wrong(session, account, code_at(secret, now - timedelta(seconds=30)), now)


def test_a_printed_code_passes_once_and_for_its_owner_alone(session, owner, make, now):
    account, _secret, codes = owner
    assert len(set(codes)) == 10
    wrong(session, make.account(), codes[0], now)
    second_steps.check(session, account, codes[0].upper(), now=now)
    wrong(session, account, codes[0], now)
    assert second_steps.left(session, account) == 9
    kept = session.scalars(select(RecoveryCode.code_hash)).all()
    assert not {code.replace("-", "") for code in codes} & set(kept)


@pytest.mark.parametrize("typed", ["", "000", "é" * 6, "١٢٣٤٥٦", "x" * 500, "\x00"])
def test_anything_else_is_refused(session, owner, now, typed):
    wrong(session, owner[0], typed, now)


def test_new_codes_replace_those_left(session, owner, now):
    account, _secret, codes = owner
    again = second_steps.print_codes(session, account, here="", now=now)
    wrong(session, account, codes[1], now)
    second_steps.check(session, account, again[1], now=now)
    assert account.second_step == "app"


def test_the_secret_is_never_shown_again(session, owner, now):
    account, _secret, _codes = owner
    assert second_steps.pending(session, account) is None
    with pytest.raises(RuleBroken, match="second-step-wrong") as refused:
        second_steps.begin(session, account, now=now)
    assert refused.value.status == 409
    with pytest.raises(RuleBroken, match="second-step-wrong"):
        second_steps.confirm(session, account, "000000", here="", now=now)


def test_nothing_is_on_before_the_first_right_code(session, make, now):
    account = make.account()
    first = second_steps.begin(session, account, now=now)
    secret = second_steps.begin(session, account, now=now)
    assert first != secret and second_steps.pending(session, account) == secret
    for typed in ("", code_at(first, now)):
        with pytest.raises(RuleBroken, match="second-step-wrong"):
            second_steps.confirm(session, account, typed, here="", now=now)
    assert account.second_step == ""
    said = second_steps.address(secret, account.email, "Ma région")
    assert said.startswith("otpauth://totp/") and secret in said and "Ma%20r%C3%A9gion" in said


def test_printed_codes_alone_do_for_those_whose_role_needs_no_more(session, make, now):
    account = make.account("mediator")
    number = accounts.open_session(session, account=account, address="", user_agent="", now=now)
    codes = second_steps.print_codes(session, account, here="", now=now)
    assert account.second_step == "codes"
    assert accounts.of_session(session, number, account.fs_uniquifier, now=now) is None
    wrong(session, account, "123456", now)
    second_steps.check(session, account, codes[0], now=now)
    second_steps.remove(session, account, here="", now=now)
    assert account.second_step == "" and second_steps.left(session, account) == 0


@pytest.mark.parametrize("role", ["organiser", "administrator"])
def test_a_role_that_needs_it_keeps_it(session, make, now, role):
    account = make.account(role)
    with pytest.raises(RuleBroken, match="second-step-required"):
        second_steps.remove(session, account, here="", now=now)
    assert account.second_step == "app"


def test_removing_forgets_the_secret(session, owner, now):
    account, secret, _codes = owner
    second_steps.remove(session, account, here="", now=now)
    assert session.scalars(select(Authenticator)).all() == []
    wrong(session, account, code_at(secret, now), now)


def hold_passkey(make, account):
    return make.save(
        Passkey(account_id=account.id, credential_id="a", public_key="b", created_at=make.now)
    )


def test_a_passkey_is_asked_for_once_there_is_one(session, make, now):
    account = make.account("organiser", second_step="")
    with pytest.raises(RuleBroken, match="passkey-unknown") as unknown:
        second_steps.by_passkey(session, account, here="", now=now)
    assert unknown.value.status == 409
    hold_passkey(make, account)
    number = accounts.open_session(session, account=account, address="", user_agent="", now=now)
    codes = second_steps.by_passkey(session, account, here="", now=now)
    assert account.second_step == "passkey" and len(codes) == 10
    assert accounts.of_session(session, number, account.fs_uniquifier, now=now) is None
    second_steps.check(session, account, codes[0], now=now)
    with pytest.raises(RuleBroken, match="second-step-required"):
        second_steps.remove(session, account, here="", now=now)


def test_an_application_goes_when_a_passkey_stays(session, owner, make, now):
    account, secret, codes = owner
    accounts.grant(session, account, "organiser", now=now)
    with pytest.raises(RuleBroken, match="second-step-required"):
        second_steps.remove(session, account, here="", now=now)
    hold_passkey(make, account)
    second_steps.remove(session, account, here="", now=now)
    assert account.second_step == "passkey"
    wrong(session, account, code_at(secret, now), now)
    second_steps.check(session, account, codes[0], now=now)
