import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from consult import create_app
from consult.extensions import db, limiter
from consult.models import Account, Mail
from consult.services import passwords
from tests.browser import Browser

GOOD = "cheval pile agrafe"


@pytest.fixture
def known(make):
    return make.account(password=passwords.HASHER.hash(GOOD))


def enter(browser, email, password):
    page = browser.get("/sign-in/password")
    return browser.submit(page, "/sign-in/password", email=email, password=password)


def test_a_password_is_chosen_in_ones_space_and_signs_in(browser, make, session):
    account = make.account()
    elsewhere = browser.again().as_(account)
    browser.as_(account)
    assert "/account/password" in browser.get("/account").links()
    page = browser.get("/account/password")
    weak = browser.submit(page, "/account/password", password="azertyuiop12")
    assert weak.status == 422 and "deviner" in weak.words()
    done = browser.submit(weak, "/account/password", password=GOOD)
    assert "1 session est fermée." in done.words()
    assert elsewhere.get("/account").url.endswith("/sign-in")
    assert not browser.get("/account").url.endswith("/sign-in")
    session.rollback()
    letter = session.scalars(select(Mail).where(Mail.dedup_key.like("access:%"))).one()
    assert letter.recipient == account.email and GOOD not in letter.body
    other = browser.again()
    enter(other, account.email.upper(), GOOD)
    assert account.email in other.get("/account").words()


def test_an_old_session_asks_who_is_there(browser, known, clock, now):
    browser.as_(known)
    clock.shift(now + timedelta(minutes=16) - datetime.now(UTC))
    page = browser.get("/account/password")
    refused = browser.submit(page, "/account/password", password="un autre, plus long")
    assert refused.status == 422 and "mot de passe actuel" in refused.words()
    assert browser.submit(refused, "/account/password/remove", current="faux").status == 422
    done = browser.submit(
        refused, "/account/password", current=GOOD, password="un autre, plus long"
    )
    assert done.url.endswith("/account")
    assert enter(browser.again(), known.email, GOOD).status == 422


def test_a_password_is_removed(browser, known, session):
    browser.as_(known)
    done = browser.submit(browser.get("/account/password"), "/account/password/remove")
    assert "Un lien suffit" in done.words()
    assert session.scalars(select(Account.password).where(Account.id == known.id)).one() is None
    page = browser.get("/account/password")
    assert not page.forms("/account/password/remove")
    data = {"csrf_token": next(i.get("value") for i in page.all("input")
                               if i.get("name") == "csrf_token")}  # fmt: skip
    assert browser.post("/account/password/remove", data).url.endswith("/account")


def test_the_answer_is_the_same_for_every_address(browser, known, make, statements):
    emails = (known.email, make.account().email, "inconnue@exemple.fr")
    seen = set()
    for email in emails:
        other = browser.again()
        page = other.get("/sign-in/password")
        with statements() as asked:
            answer = other.submit(page, "/sign-in/password", email=email, password="faux")
        body = re.sub(r'value="[^"]{30,}"', "", answer.text).replace(email, "X")
        names = tuple(name for name, _ in answer.response.headers if name != "Set-Cookie")
        seen.add((answer.status, body, names, tuple(asked)))
    assert len(seen) == 1
    assert enter(browser, "ada", GOOD).status == 422
    assert enter(browser, "", "").status == 422


def test_one_comes_back_where_one_was(browser, known):
    browser.get("/sign-in?next=/follow-up")
    assert enter(browser, known.email, GOOD).url.endswith("/follow-up")


@pytest.fixture
def limited(app, monkeypatch, request):
    """The same application, with its limits, and the settings that a test asks for."""
    monkeypatch.setattr(limiter, "enabled", False)
    kept = ("SQLALCHEMY_DATABASE_URI", "DATA_DIR", "TESTING", "SECRET_KEY", "BASE_URL")
    settings = {name: app.config[name] for name in kept} | {"RATELIMIT_ENABLED": True}
    limited = create_app(settings | getattr(request, "param", {}))
    yield limited
    limiter.reset()
    with limited.app_context():
        db.engine.dispose()


def attempt(client, page, address, email, password="faux", **headers):
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
    return client.post(
        "/sign-in/password",
        data={"csrf_token": token, "email": email, "password": password},
        headers=headers,
        environ_overrides={"REMOTE_ADDR": address},
    )


def test_tries_are_counted_by_address_whatever_the_headers_say(limited, known):
    browser = Browser(limited)
    page = browser.get("/sign-in/password")
    answers = [
        attempt(browser.client, page, "198.51.100.1", known.email,
                **{"X-Forwarded-For": f"203.0.113.{n}", "Forwarded": f"for=203.0.113.{n}"})
        for n in range(11)
    ]  # fmt: skip
    assert [a.status_code for a in answers] == [422] * 10 + [429]
    assert "Retry-After" in answers[-1].headers
    elsewhere = attempt(browser.client, page, "198.51.100.2", known.email, GOOD)
    assert elsewhere.status_code == 303


def test_a_whole_network_of_one_home_counts_as_one_sender(limited, known):
    browser = Browser(limited)
    page = browser.get("/sign-in/password")
    answers = [
        attempt(browser.client, page, f"2001:db8:1:2:{n}::7", known.email).status_code
        for n in range(11)
    ]
    assert answers == [422] * 10 + [429]
    assert attempt(browser.client, page, "2001:db8:1:3::7", known.email).status_code == 422


@pytest.mark.parametrize("limited", [{"PROXIES": 1}], indirect=True)
def test_behind_a_proxy_each_visitor_is_a_sender_and_only_the_proxy_is_believed(limited, known):
    browser = Browser(limited)
    page = browser.get("/sign-in/password")

    def tried(said):
        return attempt(
            browser.client, page, "127.0.0.1", known.email, **{"X-Forwarded-For": said}
        ).status_code

    # What the visitor wrote stands before what the proxy adds.
    assert [tried(f"203.0.113.{n}, 198.51.100.1") for n in range(11)] == [422] * 10 + [429]
    assert tried("198.51.100.2") == 422
    answer = browser.client.get("/sign-in", headers={"X-Forwarded-Host": "evil.example"})
    assert answer.status_code == 200 and b"evil" not in answer.data


def test_tries_at_one_account_are_counted_wherever_they_come_from(limited, known):
    browser = Browser(limited)
    page = browser.get("/sign-in/password")
    answers = [
        attempt(browser.client, page, f"198.51.100.{n}", known.email.upper() if n % 2 else
                known.email).status_code
        for n in range(61)
    ]  # fmt: skip
    assert answers == [422] * 60 + [429]
    other = attempt(browser.client, page, "198.51.100.99", "autre@exemple.fr").status_code
    assert other == 422
    unreadable = attempt(browser.client, page, "198.51.100.98", "ada").status_code
    assert unreadable == 422
