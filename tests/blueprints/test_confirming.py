import re
from datetime import UTC, datetime, timedelta

import pytest

from consult.services import passwords, tokens
from tests.browser import print_one

PAGE = "/account/confirm"
GOOD = "cheval pile agrafe"


@pytest.fixture
def later(clock, now):
    clock_at = now + timedelta(minutes=16)
    return lambda: clock.shift(clock_at - datetime.now(UTC))


def test_a_fresh_session_goes_straight_on(browser, make):
    browser.as_(make.account())
    assert browser.get(f"{PAGE}?next=/account/passkeys").url.endswith("/account/passkeys")
    assert browser.get(PAGE).url.endswith("/account")
    assert browser.get(f"{PAGE}?next=//evil.example").url.endswith("/account")


def test_a_password_is_enough_then_the_form_goes_through(browser, make, later):
    account = make.account(password=passwords.HASHER.hash(GOOD))
    browser.as_(account)
    later()
    page = browser.get(f"{PAGE}?next=/account/second-step")
    refused = browser.submit(page, PAGE, current="faux")
    assert refused.status == 422 and "mot de passe actuel" in refused.words()
    back = browser.submit(refused, PAGE, current=GOOD)
    assert back.url.endswith("/account/second-step")
    done = browser.submit(back, "/account/second-step/codes")
    assert done.status == 200


def test_a_code_of_the_second_step_is_enough(browser, make, later, session):
    account = make.account("administrator")
    browser.as_(account)
    later()
    people = browser.get("/console/people")
    assert f"{PAGE}?next=/console/people" in people.links()
    refused = browser.submit(people, "/console/people", email="bob@exemple.fr", role="mediator")
    assert refused.status == 422
    code = print_one(browser.app, account.id)
    done = browser.submit(
        refused, "/console/people", email="bob@exemple.fr", role="mediator", current=code
    )
    assert "bob@exemple.fr" in done.words() and done.status == 200


def test_whoever_has_neither_signs_in_again(browser, make, later):
    browser.as_(make.account())
    later()
    page = browser.get(PAGE)
    assert not page.forms(PAGE) and page.forms("/sign-out")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
    assert browser.post(PAGE, {"csrf_token": token, "current": "x"}).status == 422


def test_the_end_of_all_sessions_stops_the_tokens(browser, make, session, now):
    account = make.account()
    browser.as_(account)
    browser.again().as_(account)
    _token, secret = tokens.issue(session, account=account, name="un", now=now)
    session.commit()
    page = browser.get("/account")
    assert "clés de vos programmes" in page.words()
    browser.submit(page, "/account/sessions/close-others")
    session.rollback()
    assert tokens.of_token(session, secret, now=now) is None
