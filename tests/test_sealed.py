"""Secrets at rest: unreadable without the key, read with an earlier one, sealed anew when used."""

import pyotp
import pytest
from sqlalchemy import select, text

from consult.domain.errors import RuleBroken
from consult.models import Authenticator, sealed
from consult.services import second_steps


@pytest.fixture(autouse=True)
def keys(app):
    sealed.use([app.config["SECRET_KEY"]])
    yield
    sealed.use([app.config["SECRET_KEY"]])


def stored(session):
    return session.execute(text("select secret from authenticator")).scalar_one()


@pytest.fixture
def owner(session, make, now):
    account = make.account(second_step="app")
    secret = second_steps.begin(session, account, now=now)
    session.commit()
    return account, secret


def test_a_copy_of_the_database_does_not_hold_the_secret(session, owner):
    _account, secret = owner
    assert secret not in stored(session) and len(stored(session)) <= sealed.LENGTH
    assert sealed.opened(stored(session)) == secret
    assert sealed.seal(secret) != sealed.seal(secret)


def test_after_a_change_of_key_the_earlier_one_still_opens(session, owner, now):
    account, secret = owner
    before = stored(session)
    sealed.use(["nouvelle", "tests"])
    second_steps.check(session, account, pyotp.TOTP(secret).at(now), now=now)
    session.commit()
    assert stored(session) != before
    sealed.use(["nouvelle"])
    assert sealed.opened(stored(session)) == secret and sealed.opened(before) == ""


def test_a_lost_key_opens_nothing_and_breaks_nothing(session, owner, now):
    account, secret = owner
    sealed.use(["perdue"])
    session.expire_all()
    assert second_steps.pending(session, account) is None
    with pytest.raises(RuleBroken, match="second-step-wrong"):
        second_steps.check(session, account, pyotp.TOTP(secret).at(now), now=now)
    assert session.scalars(select(Authenticator)).one().secret == ""


def test_an_empty_column_stays_so(session):
    column = sealed.Sealed()
    assert column.process_bind_param(None, None) is None
    assert column.process_result_value(None, None) is None
