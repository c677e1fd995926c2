import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import func, select

from consult.models import Account, AccountSession, JournalEntry, Mail
from consult.services import accounts, passwords
from tests.second_steps import PAGE, secret_in, set_up

ENTRANCE = "/sign-in/second-step"
GOOD = "cheval pile agrafe"


def codes_in(page):
    return re.findall(r"<code>(\w{5}-\w{5})</code>", page.text)


def way_in(browser, session, account, now):
    """Open the link of a letter; return the page that follows its button."""
    token, _code = accounts.new_link(session, account.email, now=now)
    session.commit()
    return browser.submit(browser.get(f"/sign-in/{token}"), f"/sign-in/{token}")


@pytest.mark.parametrize("role", ["organiser", "administrator"])
def test_a_console_is_opened_once_the_step_is_set_up(browser, make, session, now, clock, role):
    account = make.account(role, second_step="")
    elsewhere = browser.again().as_(account)
    browser.as_(account)
    assert "/console" in browser.get("/").links()
    page = browser.get("/console")
    assert page.url.endswith(PAGE) and "ouvrir la console" in page.words()
    assert not page.forms(f"{PAGE}/codes")
    assert browser.client.post("/console/consultations/x/publish").status_code in (400, 403)
    started = browser.submit(page, f"{PAGE}/app")
    assert started.all("img")
    refused = browser.submit(started, f"{PAGE}/app/confirm", code="000000")
    assert refused.status == 422 and "déjà servi" in refused.words().lower()
    secret = secret_in(refused)
    done = browser.submit(refused, f"{PAGE}/app/confirm", code=pyotp.TOTP(secret).at(now))
    assert len(codes_in(done)) == 10 and "/console" in done.links()
    assert browser.get("/console").url.endswith("/console")
    assert elsewhere.get("/account").url.endswith("/sign-in")
    after = browser.get(PAGE)
    assert secret not in after.text and not after.forms(f"{PAGE}/remove")
    session.rollback()
    letter = session.scalars(select(Mail).where(Mail.dedup_key.like("access:%"))).one()
    assert secret not in letter.body and "seconde étape" in letter.body
    acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()
    assert "account.second-step-set" in acts


def test_no_post_acts_for_an_organiser_without_the_step(browser, make):
    account = make.account("organiser", second_step="")
    consultation = make.consultation(slug="a", owner_id=account.id, published_at=None)
    browser.as_(account)
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/account").text)[1]
    page = browser.post("/console/consultations/a/publish", {"csrf_token": token})
    assert page.status == 403
    assert browser.get(f"/consultations/{consultation.slug}").status == 404


def test_the_people_of_the_demonstration_need_no_step_outside_production(browser, make, app):
    account = make.account("organiser", email="alix@demo.invalid", second_step="")
    browser.as_(account)
    assert browser.get("/console").url.endswith("/console")
    kept, app.config["DEMONSTRATION_DOMAIN"] = app.config["DEMONSTRATION_DOMAIN"], ""
    try:
        assert browser.get("/console").url.endswith(PAGE)
    finally:
        app.config["DEMONSTRATION_DOMAIN"] = kept


def test_the_link_alone_does_not_sign_in(browser, make, session, now, clock):
    account = make.account()
    browser.as_(account)
    secret, done = set_up(browser, now)
    other = browser.again()
    page = way_in(other, session, account, now)
    assert page.forms(ENTRANCE)
    assert other.get("/account").url.endswith("/sign-in")
    used = pyotp.TOTP(secret).at(now)
    replayed = other.submit(page, ENTRANCE, code=used)
    assert replayed.status == 422
    assert other.get("/account").url.endswith("/sign-in")
    other.submit(replayed, ENTRANCE, code=codes_in(done)[0])
    assert account.email in other.get("/account").words()
    session.rollback()
    acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()
    assert {"account.second-step-refused", "account.second-step-passed"} <= set(acts)


def test_the_password_alone_does_not_either(browser, make, session):
    account = make.account(password=passwords.HASHER.hash(GOOD), second_step="app")
    page = browser.submit(
        browser.get("/sign-in/password"), "/sign-in/password", email=account.email, password=GOOD
    )
    assert page.forms(ENTRANCE)
    assert session.scalar(select(func.count()).select_from(AccountSession)) == 0


def test_halfway_ends_after_ten_minutes(browser, make, session, now, clock):
    account = make.account(second_step="app")
    page = way_in(browser, session, account, now)
    clock.shift(now + timedelta(minutes=11) - datetime.now(UTC))
    assert browser.submit(page, ENTRANCE, code="000000").status == 409
    assert browser.get(ENTRANCE).url.endswith("/sign-in")


def test_nobody_is_halfway_without_a_first_proof(browser, make, session, now):
    assert browser.get(ENTRANCE).url.endswith("/sign-in")
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/sign-in").text)[1]
    assert browser.post(ENTRANCE, {"csrf_token": token, "code": "000000"}).status == 409
    account = make.account(second_step="app")
    page = way_in(browser, session, account, now)
    session.execute(Account.__table__.update().values(active=False))
    session.commit()
    assert browser.submit(page, ENTRANCE, code="000000").status == 422
    assert browser.get("/account").url.endswith("/sign-in")
    session.execute(Account.__table__.delete())
    session.commit()
    assert browser.submit(page, ENTRANCE, code="000000").status == 409


def test_a_text_that_waited_is_published_after_the_step(browser, make, session, now):
    theme = make.theme(make.consultation(slug="v", access="email"), number=1)
    make.question(theme, number=1)
    here = "/consultations/v/questions/1-1"
    account = make.account(second_step="app")
    receipt = browser.submit(browser.get(here), f"{here}/send", value="En attente.")
    confirm = next(f.get("action") for f in receipt.forms() if f.get("action").endswith("/confirm"))
    browser.submit(receipt, confirm, email=account.email)
    session.rollback()
    letter = session.scalars(select(Mail)).one()
    link = re.search(r"http://localhost(/\S+)", letter.body)[1]
    page = browser.submit(browser.get(link), link)
    assert page.forms(ENTRANCE)
    assert session.scalar(select(func.count()).where(AccountSession.account_id == account.id)) == 0
    from tests.browser import print_one

    done = browser.submit(page, ENTRANCE, code=print_one(browser.app, account.id))
    assert "est publiée" in done.words()


def test_printed_codes_do_for_a_volunteer_and_are_removed(browser, make, session, now):
    account = make.account("mediator")
    browser.as_(account)
    page = browser.submit(browser.get(PAGE), f"{PAGE}/codes")
    codes = codes_in(page)
    assert len(codes) == 10 and not codes_in(browser.get(PAGE))
    other = browser.again()
    asked = way_in(other, session, account, now)
    other.submit(asked, ENTRANCE, code=codes[3])
    space = other.get(PAGE)
    assert "Il reste 9 codes" in space.words()
    done = other.submit(space, f"{PAGE}/remove")
    assert "retirée" in done.words()
    assert browser.get("/account").url.endswith("/sign-in")


def test_an_old_session_changes_nothing(browser, make, clock, now):
    account = make.account(password=passwords.HASHER.hash(GOOD))
    browser.as_(account)
    clock.shift(now + timedelta(minutes=16) - datetime.now(UTC))
    page = browser.get(PAGE)
    for action in ("app", "codes"):
        assert browser.submit(page, f"{PAGE}/{action}").status == 422
    later = now + timedelta(minutes=16)
    begun = browser.submit(page, f"{PAGE}/app", current=GOOD)
    secret = secret_in(begun)
    done = browser.submit(begun, f"{PAGE}/app/confirm", code=pyotp.TOTP(secret).at(later))
    assert len(codes_in(done)) == 10  # the password is good for a quarter of an hour
    later += timedelta(minutes=16)
    clock.shift(later - datetime.now(UTC))
    refused = browser.submit(browser.get(PAGE), f"{PAGE}/remove")
    assert refused.status == 422
    code = pyotp.TOTP(secret).at(later)
    assert browser.submit(refused, f"{PAGE}/remove", current=code).url.endswith("/account")


def test_a_step_that_is_on_is_not_begun_again(browser, make, now):
    account = make.account()
    browser.as_(account)
    page = browser.get(PAGE)
    set_up(browser, now)
    assert browser.submit(page, f"{PAGE}/app").status == 409
