import re
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from joserfc.jwk import OctKey, RSAKey
from sqlalchemy import func, select

from consult import sso
from consult.models import Account, AccountSession, ExternalIdentity, Mail
from consult.services import accounts, passwords
from tests import providers
from tests.browser import Browser, print_one

START, BACK = "/sign-in/provider", "/sign-in/provider/callback"
CONFIRM, LINKS = "/sign-in/provider/confirm", "/account/identities"


@pytest.fixture
def provider(app, monkeypatch):
    """The application set up for a provider that runs here."""
    sso._known.clear()
    with providers.serving() as provider:
        settings = {
            "OIDC_ISSUER": provider.issuer,
            "OIDC_CLIENT_ID": providers.CLIENT,
            "OIDC_CLIENT_SECRET": providers.SECRET,
            "OIDC_NAME": "MesComptes",
        }
        for name, value in settings.items():
            monkeypatch.setitem(app.config, name, value)
        yield provider


def leave(browser):
    """Go to the provider; return the address it is asked at."""
    answer = browser.client.get(START)
    assert answer.status_code == 303
    return answer.headers["Location"]


def come_back(browser, provider, **changes):
    """Sign in at the provider and come back; return the page that follows."""
    sent = provider.authorise(leave(browser)) | changes
    sent = {name: value for name, value in sent.items() if value is not None}
    return browser.get(f"{BACK}?{urlencode(sent)}")


def enter(browser, provider):
    page = come_back(browser, provider)
    return browser.submit(page, CONFIRM)


def count(session, table):
    session.rollback()
    return session.scalar(select(func.count()).select_from(table))


def is_in(browser):
    return not browser.get("/account").url.endswith("/sign-in")


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
    assert browser.submit(page, CONFIRM).status == 409


def test_one_comes_back_where_one_was(browser, provider):
    browser.get("/sign-in?next=/follow-up")
    assert enter(browser, provider).url.endswith("/follow-up")


def refused(browser, provider, session, status=400, **changes):
    page = come_back(browser, provider, **changes)
    assert page.status == status and "/sign-in" in page.links()
    assert not is_in(browser) and count(session, Account) == 0
    assert browser.get(CONFIRM).status == 409
    return page


@pytest.mark.parametrize(
    "changes",
    [
        {"state": None},
        {"state": "autre"},
        {"state": "é\ud800".encode("utf-8", "surrogatepass")},
        {"code": None},
        {"code": "inconnu"},
        {"code": "x" * 3000},
        {"code": "\x00"},
        {"code": None, "error": "access_denied"},
        {"iss": "https://evil.example"},
    ],
    ids=range(9),
)
def test_coming_back_with_something_else_is_refused(browser, provider, session, changes):
    refused(browser, provider, session, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"nonce": "autre"},
        {"nonce": None},
        {"aud": "un autre"},
        {"aud": ["un autre"]},
        {"iss": "https://evil.example"},
        {"exp": 1_600_000_000},
        {"exp": None},
        {"sub": None},
        {"azp": "un autre"},
        {"sub": ["s1"]},
    ],
    ids=range(10),
)
def test_a_token_for_something_else_is_refused(browser, provider, session, changes):
    provider.token_changes = changes
    refused(browser, provider, session)


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [
        (RSAKey.generate_key(2048, {"kid": "k1"}), "RS256"),
        (OctKey.import_key(providers.SECRET), "HS256"),
    ],
)
def test_a_token_signed_by_another_is_refused(browser, provider, session, key, algorithm):
    provider.signing_key, provider.algorithm = key, algorithm
    refused(browser, provider, session)


@pytest.mark.parametrize(
    ("signed", "changes"),
    [
        (False, {"sub": "s2"}),
        (False, {"sub": None}),
        (True, {"sub": "s2"}),
        (True, {"aud": "un autre"}),
        (True, {"iss": "https://evil.example"}),
        (True, {"exp": 1_600_000_000}),
    ],
)
def test_information_about_another_is_refused(browser, provider, session, signed, changes):
    provider.signed, provider.userinfo_changes = signed, changes
    refused(browser, provider, session)


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


def test_a_checked_email_is_not_lent_to_another_address(browser, provider, session):
    """The token's `email_verified` says nothing of the address that userinfo gives."""
    provider.userinfo_changes = {"email": "victime@exemple.fr", "email_verified": None}
    page = come_back(browser, provider)
    browser.submit(page, CONFIRM)
    assert not is_in(browser) and count(session, Account) == 0


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
        assert other.post(f"{LINKS}/unlink", data).status == 404
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


DOWN = {
    "/.well-known/openid-configuration": ["", "{", "[]", "{}", '{"issuer": "autre"}'],
    "/token": ["", "{", "[]", "{}", '{"access_token": "jeton"}'],
    "/jwks": ["", "{", "[]", "{}", '{"keys": [{"kty": "RSA"}]}'],
    "/userinfo": ["", "{", "[]", "null", '{"sub": 1}'],
}


@pytest.mark.parametrize(("path", "said"), [(p, s) for p, all_ in DOWN.items() for s in all_])
def test_a_provider_that_answers_nonsense_lets_nobody_in(provider, app, session, path, said):
    provider.failing[path] = (200, said)
    browser = Browser(app)
    answer = browser.client.get(START)
    if answer.status_code == 303:
        sent = provider.authorise(answer.headers["Location"])
        answer = browser.client.get(f"{BACK}?{urlencode(sent)}")
    assert answer.status_code in (400, 503)
    assert "/sign-in" in answer.text and count(session, Account) == 0


@pytest.mark.parametrize("path", list(DOWN))
@pytest.mark.parametrize("status", [500, 302])
def test_a_provider_that_is_down_is_said_to_be(provider, app, path, status):
    provider.failing[path] = (status, "")
    browser = Browser(app)
    answer = browser.client.get(START)
    if answer.status_code == 303:
        sent = provider.authorise(answer.headers["Location"])
        answer = browser.client.get(f"{BACK}?{urlencode(sent)}")
    assert answer.status_code in (503, 400) if path == "/token" else answer.status_code == 503
    if answer.status_code == 503:
        assert answer.headers["Retry-After"] == "30" and "MesComptes ne répond pas" in answer.text


def test_nobody_there_is_said_too(provider, app, monkeypatch):
    monkeypatch.setitem(app.config, "OIDC_ISSUER", "http://127.0.0.1:9")
    answer = Browser(app).client.get(START)
    assert answer.status_code == 503 and answer.headers["Retry-After"]
    left = Browser(app).get(f"{START}/left")
    assert left.status == 200


def test_a_slow_provider_never_holds_the_page(provider, app, monkeypatch):
    monkeypatch.setattr(sso, "TIMEOUT", 0.4)
    provider.pause = 0.05  # one byte at a time: no single wait is long
    begun = time.monotonic()
    assert Browser(app).client.get(START).status_code == 503
    assert time.monotonic() - begun < 3


def test_an_endless_answer_is_not_read_to_its_end(provider, app, monkeypatch):
    monkeypatch.setattr(sso, "LARGEST", 1000)
    provider.failing["/.well-known/openid-configuration"] = (200, " " * 5000)
    assert Browser(app).client.get(START).status_code == 503
