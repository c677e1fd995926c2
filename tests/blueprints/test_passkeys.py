import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from consult.models import Account, AccountSession, JournalEntry, Mail, Passkey
from consult.services import accounts
from tests.authenticators import Device
from tests.browser import print_one

PAGE, STEP = "/account/passkeys", "/account/second-step"
ENTRANCE, SECOND = "/sign-in/passkey", "/sign-in/second-step/passkey"
ASK = "/sign-in/passkey/options"


def token(page):
    return re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]


def options(browser, page, path=ASK):
    """What the script asks for, with the token of the page's form."""
    answer = browser.client.post(path, data={"csrf_token": token(page)})
    assert answer.status_code == 200, answer.status_code
    return answer.get_json()


def add(browser, device=None, name="Mon téléphone"):
    """Add a passkey as the page and its script do; return the device and the page after."""
    device, page = device or Device(), browser.get(PAGE)
    credential = device.make(options(browser, page, f"{PAGE}/options"))
    return device, browser.submit(page, PAGE, credential=credential, name=name)


def enter(browser, device, page=None, action=ENTRANCE, **signing):
    page = page or browser.get(ENTRANCE)
    credential = device.sign(options(browser, page), **signing)
    return browser.submit(page, action, credential=credential)


def halfway(browser, session, account, now):
    link, _code = accounts.new_link(session, account.email, now=now)
    session.commit()
    return browser.submit(browser.get(f"/sign-in/{link}"), f"/sign-in/{link}")


def is_in(browser):
    return not browser.get("/account").url.endswith("/sign-in")


def test_a_passkey_is_added_then_signs_in_without_an_address(browser, make, session):
    account = make.account()
    browser.as_(account)
    assert PAGE in browser.get("/account").links()
    device, page = add(browser)
    assert "Mon téléphone" in page.words() and "Jamais utilisé" in page.words()
    other = browser.again()
    assert other.get("/sign-in").forms(ENTRANCE)
    enter(other, device)
    assert account.email in other.get("/account").words()
    assert "Jamais utilisé" not in other.get(PAGE).words()
    session.rollback()
    letter = session.scalars(select(Mail).where(Mail.dedup_key.like("access:%"))).one()
    assert letter.recipient == account.email and "clé d’accès" in letter.body
    acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()
    assert {"account.passkey-added", "account.passkey-used", "account.signed-in"} <= set(acts)


def test_one_comes_back_where_one_was(browser, make):
    browser.as_(make.account())
    device, _page = add(browser)
    other = browser.again()
    page = other.get("/sign-in?next=/follow-up")
    assert enter(other, device, page).url.endswith("/follow-up")


@pytest.mark.parametrize("role", ["organiser", "administrator"])
def test_a_passkey_opens_the_console_to_a_role_that_needs_two_proofs(browser, make, role, session):
    account = make.account(role, second_step="")
    browser.as_(account)
    assert PAGE in browser.get("/console").links()
    device, page = add(browser)
    assert len(re.findall(r"<code>\w{5}-\w{5}</code>", page.text)) == 10
    assert browser.get("/console").url.endswith("/console")
    assert not browser.get(STEP).forms(f"{STEP}/remove")
    listed = browser.get(PAGE)
    assert not listed.forms(f"{PAGE}/remove")
    data = {"csrf_token": token(listed), "passkey": session.scalars(select(Passkey.id)).one()}
    refused = browser.post(f"{PAGE}/remove", data)
    assert refused.status == 409 and "étape" in refused.words()
    other = browser.again()
    enter(other, device)
    assert other.get("/console").url.endswith("/console")


def test_a_passkey_is_the_second_step_after_a_link(browser, make, session, now):
    account = make.account()
    browser.as_(account)
    device, _page = add(browser)
    other = browser.again()
    halfway(other, session, account, now)
    assert is_in(other)  # a passkey alone asks nothing more of a link
    done = browser.submit(browser.get(STEP), f"{STEP}/passkey")
    assert len(re.findall(r"<code>\w{5}-\w{5}</code>", done.text)) == 10
    assert not is_in(other) and is_in(browser)
    page = halfway(other, session, account, now)
    assert page.forms(SECOND) and not is_in(other)
    shown = options(other, page)
    assert len(shown["allowCredentials"]) == 1
    wrong = enter(other, Device(), page, SECOND, handle="YXV0cmU")
    assert wrong.status == 422 and not is_in(other)
    enter(other, device, wrong, SECOND)
    assert is_in(other)
    printed = browser.again()
    page = halfway(printed, session, account, now)
    printed.submit(page, "/sign-in/second-step", code=print_one(printed.app, account.id))
    assert is_in(printed)


def test_another_persons_passkey_is_not_a_second_step(browser, make, session, now):
    account, other = make.account("organiser"), make.account()
    stranger = browser.again().as_(other)
    device, _page = add(stranger)
    page = halfway(browser, session, account, now)
    assert not page.forms(SECOND)
    for path in (SECOND, "/account/confirm/passkey"):
        credential = device.sign(options(browser, page))
        answer = browser.post(path, {"csrf_token": token(page), "credential": credential})
        assert answer.status in (403, 422)
    assert not is_in(browser)


def test_nobody_is_halfway_without_a_first_proof(browser, make):
    browser.as_(make.account())
    device, _page = add(browser)
    other = browser.again()
    page = other.get(ENTRANCE)
    credential = device.sign(options(other, page))
    data = {"csrf_token": token(page), "credential": credential}
    assert other.post(SECOND, data).status == 409
    assert not is_in(other)


def test_what_was_signed_serves_once_and_in_its_own_browser(browser, make, session):
    browser.as_(make.account())
    device, _page = add(browser, Device(counts=False))
    other, thief = browser.again(), browser.again()
    page = other.get(ENTRANCE)
    credential = device.sign(options(other, page))
    stolen = thief.get(ENTRANCE)
    options(thief, stolen)
    assert thief.submit(stolen, ENTRANCE, credential=credential).status == 422
    assert thief.submit(stolen, ENTRANCE, credential=credential).status == 409
    kept = other.client.get_cookie("session").value
    other.submit(page, ENTRANCE, credential=credential)
    assert is_in(other)
    thief.client.set_cookie("session", kept)
    again = thief.submit(page, ENTRANCE, credential=credential)
    assert again.status == 409 and "déjà servi" in again.words()
    assert not is_in(thief)


def test_it_must_be_signed_within_five_minutes(browser, make, clock, now):
    browser.as_(make.account())
    device, _page = add(browser)
    other = browser.again()
    page = other.get(ENTRANCE)
    credential = device.sign(options(other, page))
    clock.shift(now + timedelta(minutes=6) - datetime.now(UTC))
    assert other.submit(page, ENTRANCE, credential=credential).status == 409
    assert other.submit(page, ENTRANCE, credential="").status == 409


def test_a_copy_of_a_key_is_refused(browser, make, session):
    browser.as_(make.account())
    device, _page = add(browser)
    enter(browser.again(), device, count=9)
    other = browser.again()
    assert enter(other, device, count=9).status == 422
    assert not is_in(other)
    session.rollback()
    acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()
    assert "account.passkey-refused" in acts


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost:8000", "null", ""])
def test_another_site_signs_nobody_in(browser, make, origin):
    browser.as_(make.account())
    device, _page = add(browser)
    other = browser.again()
    assert enter(other, device, origin=origin).status == 422
    assert not is_in(other)


FOREIGN = [
    (b"", 422), (b"{", 422), (b"null", 422), (b"[[[[" * 4000, 422), (b'{"id": "x"}', 422),
    (b"\x00", 422), ("\ud800".encode("utf-8", "surrogatepass"), 422), (b"x" * 20_001, 413),
    (b"x" * 1_100_000, 413),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "status"), FOREIGN, ids=range(len(FOREIGN)))
def test_anything_else_is_a_sentence(browser, make, session, sent, status):
    page = browser.get(ENTRANCE)
    options(browser, page)
    answer = browser.submit(page, ENTRANCE, credential=sent)
    assert answer.status == status and "500" not in answer.text[:200]
    browser.as_(make.account())
    page = browser.get(PAGE)
    options(browser, page, f"{PAGE}/options")
    answer = browser.submit(page, PAGE, credential=sent, name="un nom")
    assert answer.status == status
    if status == 422:
        assert "un nom" in answer.text
    assert session.scalar(select(func.count()).select_from(Passkey)) == 0


@pytest.mark.parametrize("name", ["\x00", "x" * 61])
def test_a_name_that_cannot_be_kept_is_said(browser, make, name):
    browser.as_(make.account())
    _device, page = add(browser, name=name)
    assert page.status == 422


def test_a_passkey_already_there_is_said(browser, make):
    browser.as_(make.account())
    device, _page = add(browser)
    other = browser.again().as_(make.account())
    _device, page = add(other, device)
    assert page.status == 409


def test_an_old_session_adds_and_removes_nothing(browser, make, clock, now, session):
    account = make.account()
    browser.as_(account)
    device, page = add(browser)
    shown = page
    clock.shift(now + timedelta(minutes=16) - datetime.now(UTC))
    assert browser.submit(shown, f"{PAGE}/remove").status == 422
    answer = browser.client.post(f"{PAGE}/options", data={"csrf_token": token(shown)})
    assert answer.status_code == 422
    stale = browser.get(PAGE)
    assert not stale.forms(PAGE) and not stale.forms(f"{PAGE}/remove")
    asked = browser.get(f"/account/confirm?next={PAGE}")
    refused = browser.submit(asked, "/account/confirm/passkey", credential=json.dumps({}))
    assert refused.status == 409
    back = enter(browser, device, refused, "/account/confirm/passkey")
    assert back.url.endswith(PAGE) and back.forms(f"{PAGE}/remove")
    done = browser.submit(back, f"{PAGE}/remove")
    assert "retirée" in done.words()
    assert session.scalar(select(func.count()).select_from(Passkey)) == 0


def test_nobody_removes_the_passkey_of_another(browser, make, session):
    browser.as_(make.account())
    add(browser)
    held = session.scalars(select(Passkey.id)).one()
    other = browser.again().as_(make.account())
    data = {"csrf_token": token(other.get(PAGE))}
    for passkey in (held, "0" * 18, "\x00", "é", ""):
        answer = other.client.post(f"{PAGE}/remove", data=data | {"passkey": passkey})
        assert answer.status_code == 404
    assert session.scalar(select(func.count()).select_from(Passkey)) == 1


def test_who_is_shut_out_stays_out(browser, make, session):
    browser.as_(make.account())
    device, _page = add(browser)
    session.execute(Account.__table__.update().values(active=False))
    session.commit()
    other = browser.again()
    assert enter(other, device).status == 422
    assert session.scalar(select(func.count()).select_from(AccountSession)) == 1


def test_without_scripts_a_page_says_so_and_offers_the_other_ways(browser, make):
    for path, way in ((ENTRANCE, "/sign-in"), ("/sign-in", "/sign-in/password")):
        page = browser.get(path)
        assert "JavaScript" in page.words() and way in page.links()
        assert page.forms(ENTRANCE)[0].get("hidden") is not None
    browser.as_(make.account())
    page = browser.get(PAGE)
    assert "JavaScript" in page.words()
    scripts = [one.get("src") for one in page.all("script")]
    assert any("passkeys.js" in one for one in scripts)
    assert not any("passkeys.js" in one.get("src") for one in browser.get("/").all("script"))


def test_an_application_can_go_once_there_is_a_passkey(browser, make, session, now):
    account = make.account("organiser")
    browser.as_(account)
    assert not browser.get(STEP).forms(f"{STEP}/remove")
    add(browser)
    done = browser.submit(browser.get(STEP), f"{STEP}/remove")
    assert "remplace" in done.words()
    assert "avec votre clé d’accès" in browser.get(STEP).words()
    assert browser.get("/console").url.endswith("/console")
