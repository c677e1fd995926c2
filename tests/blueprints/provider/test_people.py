import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from sqlalchemy import select

from consult.models import Account, AccountSession, ExternalIdentity, Mail
from consult.services import accounts, passwords
from tests import providers
from tests.blueprints.provider.visits import (
    BACK,
    CONFIRM,
    LINKS,
    START,
    come_back,
    count,
    enter,
    is_in,
    leave,
)
from tests.browser import print_one


def test_without_a_provider_there_is_no_such_way(browser, make):
    assert START not in browser.get("/sign-in").links()
    for path in (START, BACK, CONFIRM, f"{START}/left"):
        assert browser.get(path).status == 404
    browser.as_(make.account())
    assert LINKS not in browser.get("/account").links()
    assert not browser.get(LINKS).forms(f"{LINKS}/link")


def test_what_the_provider_is_asked(browser, provider, app, monkeypatch):
    monkeypatch.setitem(app.config, "OIDC_ACR_VALUES", "eidas1")
    assert START in browser.get("/sign-in").links()
    location = leave(browser)
    asked = {name: value[0] for name, value in parse_qs(urlsplit(location).query).items()}
    assert asked | {"state": "", "nonce": "", "code_challenge": ""} == {
        "client_id": providers.CLIENT,
        "response_type": "code",
        "scope": "openid email",
        "redirect_uri": f"http://localhost{BACK}",
        "acr_values": "eidas1",
        "code_challenge_method": "S256",
        "state": "",
        "nonce": "",
        "code_challenge": "",
    }
    assert len({asked[name] for name in ("state", "nonce", "code_challenge")}) == 3


def test_who_is_known_less_surely_than_asked_is_refused(
    browser, provider, session, app, monkeypatch
):
    monkeypatch.setitem(app.config, "OIDC_ACR_VALUES", "eidas2")
    for given in ("eidas1", None, ["eidas2"]):
        provider.token_changes = {"acr": given}
        page = come_back(browser, provider)
        assert page.status == 403 and "Choisissez-y" in page.words()
        assert browser.get(CONFIRM).status == 409
    provider.token_changes = {"acr": "eidas3"}
    enter(browser, provider)
    assert is_in(browser) and count(session, Account) == 1


@pytest.mark.parametrize("signed", [False, True])
def test_someone_new_signs_in_then_comes_back(browser, provider, session, signed):
    provider.signed = signed
    page = come_back(browser, provider)
    assert "ada@exemple.fr" in page.words() and "code=" not in page.url
    assert count(session, Account) == 0 and not is_in(browser)
    browser.submit(page, CONFIRM)
    assert is_in(browser)
    other = browser.again()
    enter(other, provider)
    assert "ada@exemple.fr" in other.get("/account").words()
    assert count(session, Account) == count(session, ExternalIdentity) == 1
    assert browser.submit(page, CONFIRM).status == 400  # the token of before signing in


def test_one_comes_back_where_one_was(browser, provider):
    browser.get("/sign-in?next=/follow-up")
    assert enter(browser, provider).url.endswith("/follow-up")


def test_a_state_serves_once_and_in_its_own_browser(browser, provider, session):
    sent = provider.authorise(leave(browser))
    elsewhere = browser.again()
    assert elsewhere.get(f"{BACK}?{urlencode(sent)}").status == 400
    leave(elsewhere)
    assert elsewhere.get(f"{BACK}?{urlencode(sent)}").status == 400
    kept = browser.client.get_cookie("session").value
    page = browser.get(f"{BACK}?{urlencode(sent)}")
    assert page.forms(CONFIRM)
    assert browser.get(f"{BACK}?{urlencode(sent)}").status == 400
    browser.submit(page, CONFIRM)
    assert is_in(browser)
    thief = browser.again()
    thief.client.set_cookie("session", kept)
    provider.codes[sent["code"]] = {}  # even if the provider took the code again
    assert thief.get(f"{BACK}?{urlencode(sent)}").status == 400
    assert not is_in(thief)


def test_the_button_serves_once(browser, provider, session):
    page = come_back(browser, provider)
    kept = browser.client.get_cookie("session").value
    browser.submit(page, CONFIRM)
    thief = browser.again()
    thief.client.set_cookie("session", kept)
    assert thief.submit(page, CONFIRM).status == 409
    assert not is_in(thief) and count(session, AccountSession) == 1


def test_a_code_replayed_is_refused(browser, provider, session):
    first = provider.authorise(leave(browser))
    browser.get(f"{BACK}?{urlencode(first)}")
    second = provider.authorise(leave(browser))
    page = browser.get(f"{BACK}?{urlencode(second | {'code': first['code']})}")
    assert page.status == 400


def test_it_ends_after_ten_minutes_there_and_an_hour_here(browser, provider, clock, now):
    sent = provider.authorise(leave(browser))
    clock.shift(now + timedelta(minutes=11) - datetime.now(UTC))
    assert browser.get(f"{BACK}?{urlencode(sent)}").status == 400
    page = come_back(browser, provider)
    clock.shift(now + timedelta(minutes=73) - datetime.now(UTC))
    assert browser.submit(page, CONFIRM).status == 409


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_nobody_checked_is_checked_by_letter(browser, provider, session, verified):
    provider.person["email_verified"] = verified
    page = come_back(browser, provider)
    sent = browser.submit(page, CONFIRM)
    assert sent.url.endswith("/sign-in/sent") and not is_in(browser)
    assert count(session, Account) == 0
    letter = session.scalars(select(Mail)).one()
    assert letter.recipient == "ada@exemple.fr"
    link = re.search(r"http://localhost(/\S+)", letter.body)[1]
    offered = browser.submit(browser.get(link), link)
    assert offered.url.endswith(LINKS) and count(session, ExternalIdentity) == 0
    done = browser.submit(offered, f"{LINKS}/link")
    assert "MesComptes" in done.words() and count(session, ExternalIdentity) == 1
    other = browser.again()
    enter(other, provider)
    assert is_in(other)


def test_the_answer_is_the_same_for_known_and_unknown_unchecked_addresses(
    browser, provider, session, make
):
    make.account(email="ada@exemple.fr")
    seen = set()
    for subject, email in (("s1", "ada@exemple.fr"), ("s2", "inconnue@exemple.fr")):
        provider.person = {"sub": subject, "email": email}
        other = browser.again()
        page = come_back(other, provider)
        after = other.submit(page, CONFIRM)
        text = re.sub(r'value="[^"]{30,}"', "", page.text + after.text)
        seen.add((page.status, after.status, text.replace(email, "X")))
    assert len(seen) == 1


def test_an_address_known_here_is_linked_by_its_owner_alone(browser, provider, session, make):
    good = "cheval pile agrafe"
    account = make.account(email="ada@exemple.fr", password=passwords.HASHER.hash(good))
    page = come_back(browser, provider)
    assert not page.forms(CONFIRM) and "/sign-in" in page.links()
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/follow-up").text)[1]
    browser.post(CONFIRM, {"csrf_token": token})
    assert not is_in(browser) and count(session, ExternalIdentity) == 0
    offered = browser.submit(
        browser.get("/sign-in/password"), "/sign-in/password", email=account.email, password=good
    )
    assert offered.url.endswith(LINKS) and count(session, ExternalIdentity) == 0
    browser.submit(offered, f"{LINKS}/link")
    assert count(session, ExternalIdentity) == 1
    letter = session.scalars(select(Mail).where(Mail.dedup_key.like("access:%"))).one()
    assert letter.recipient == account.email
    elsewhere = browser.again()
    enter(elsewhere, provider)
    space = elsewhere.get(LINKS)
    done = elsewhere.submit(space, f"{LINKS}/unlink")
    assert "retiré" in done.words() and count(session, ExternalIdentity) == 0
    assert not is_in(browser)


def test_a_link_offered_can_be_refused_and_needs_a_fresh_proof(
    browser, provider, session, make, clock, now
):
    account = make.account()
    browser.as_(account)
    clock.shift(now + timedelta(minutes=16) - datetime.now(UTC))
    page = come_back(browser, provider)
    assert page.url.endswith(LINKS) and not page.forms(f"{LINKS}/link")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
    for act in ("link", "unlink"):
        assert browser.post(f"{LINKS}/{act}", {"csrf_token": token}).status == 422
    assert count(session, ExternalIdentity) == 0
    gone = browser.submit(page, f"{LINKS}/forget")
    assert not gone.forms(f"{LINKS}/forget")


def test_an_identity_of_someone_else_is_not_taken(browser, provider, session, make):
    enter(browser, provider)
    other = browser.again().as_(make.account())
    page = come_back(other, provider)
    assert other.submit(page, f"{LINKS}/link").status == 409
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
    held = session.scalars(select(ExternalIdentity.id)).one()
    for identity in (held, "0" * 18, "\x00", "é", ""):
        data = {"csrf_token": token, "identity": identity}
        assert other.client.post(f"{LINKS}/unlink", data=data).status_code == 404
    assert count(session, ExternalIdentity) == 1


def test_without_an_address_one_signs_in_here_first(browser, provider, session, make):
    provider.person = {"sub": "s1"}
    page = come_back(browser, provider)
    assert not page.forms(CONFIRM)
    account = make.account()
    token, _code = accounts.new_link(session, account.email, now=make.now)
    session.commit()
    offered = browser.submit(browser.get(f"/sign-in/{token}"), f"/sign-in/{token}")
    browser.submit(offered, f"{LINKS}/link")
    other = browser.again()
    enter(other, provider)
    assert account.email in other.get("/account").words()


def test_a_role_that_needs_a_second_step_still_needs_it(browser, provider, session, make):
    account = make.account("organiser")
    browser.as_(account)
    browser.submit(come_back(browser, provider), f"{LINKS}/link")
    other = browser.again()
    page = enter(other, provider)
    assert page.forms("/sign-in/second-step") and not is_in(other)
    other.submit(page, "/sign-in/second-step", code=print_one(other.app, account.id))
    assert other.get("/console").url.endswith("/console")


def test_who_is_shut_out_stays_out(browser, provider, session):
    enter(browser, provider)
    session.execute(Account.__table__.update().values(active=False))
    session.commit()
    other = browser.again()
    assert enter(other, provider).status == 422
    assert not is_in(other)


@pytest.mark.parametrize("ends", [True, False])
def test_signing_out_offers_to_leave_the_provider_too(browser, provider, ends):
    provider.about_changes = {} if ends else {"end_session_endpoint": None}
    enter(browser, provider)
    page = browser.submit(browser.get("/account"), "/sign-out")
    assert page.url.endswith(f"{START}/left") and not is_in(browser)
    address = f"{provider.issuer}/end_session?client_id=consult&post_logout_redirect_uri="
    found = [link for link in page.links() if link.startswith(address)]
    assert len(found) == (1 if ends else 0)
    browser.as_(browser_account(browser))
    assert browser.submit(browser.get("/account"), "/sign-out").url == "/"


def browser_account(browser):
    from consult.extensions import db

    with browser.app.app_context():
        return db.session.scalars(select(Account)).one()
