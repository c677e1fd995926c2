"""S11: what comes back from the provider, or in its name, and is not right."""

import time
from urllib.parse import urlencode

import pytest
from joserfc.jwk import OctKey, RSAKey

from consult import sso
from consult.models import Account
from tests import providers
from tests.blueprints.provider.visits import BACK, CONFIRM, START, come_back, count, is_in
from tests.browser import Browser


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


def test_a_checked_email_is_not_lent_to_another_address(browser, provider, session):
    """The token's `email_verified` says nothing of the address that userinfo gives."""
    provider.userinfo_changes = {"email": "victime@exemple.fr", "email_verified": None}
    page = come_back(browser, provider)
    browser.submit(page, CONFIRM)
    assert not is_in(browser) and count(session, Account) == 0


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
