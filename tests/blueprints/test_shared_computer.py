"""A shared computer: nothing of the person before, nothing typed lost without a word."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from consult.models import AccountSession, Contribution, Draft

PAGE = "/shared-computer"
HERE = "/consultations/c/questions/1-1"


@pytest.fixture
def asked(make):
    theme = make.theme(make.consultation(slug="c"), number=1)
    make.question(theme, number=2)
    return make.question(theme, number=1)


@pytest.fixture
def shared(browser, asked):
    """A browser said to be shared."""
    assert "est partagé" in browser.submit(browser.get(PAGE), PAGE, button=("shared", "on")).words()
    return browser


@pytest.fixture
def wait(clock, now):
    waited = [timedelta()]

    def wait(**time):
        waited[0] += timedelta(**time)
        clock.shift(now + waited[0] - datetime.now(UTC))

    return wait


def begin(browser, text="Un secret.", number=1):
    here = HERE[:-1] + str(number)
    return browser.submit(browser.get(here), f"{here}/send", button=f"{here}/draft", value=text)


def send(browser, text="Un secret."):
    return browser.submit(browser.get(HERE), f"{HERE}/send", value=text)


def cookies(response):
    return {line.partition("=")[0]: line for line in response.headers.getlist("Set-Cookie")}


def token(page):
    return next(i.get("value") for i in page.all("input") if i.get("name") == "csrf_token")


def test_it_is_said_once_and_each_page_has_the_button(browser, asked):
    for url in ("/", "/help", HERE):
        assert not browser.get(url).forms("/done")
    browser.submit(browser.get(PAGE), PAGE, button=("shared", "on"))
    for url in ("/", "/help", HERE, "/consultations", "/missing", "/sign-in"):
        page = browser.get(url)
        assert len(page.forms("/done")) == 1, url
        assert "no-store" in page.response.headers["Cache-Control"]
        assert "ETag" not in page.response.headers
    browser.submit(browser.get(PAGE), PAGE, button=("shared", "off"))
    assert not browser.get("/").forms("/done")


def test_nothing_is_offered_to_fill_fields_with(shared):
    receipt = send(shared)
    for page in (shared.get("/sign-in"), shared.get("/sign-in/password"), receipt):
        kinds = {i.get("autocomplete") for i in page.all("input") if i.get("autocomplete")}
        assert kinds == {"off"}, page.url
    assert 'autocomplete="email"' in shared.again().get("/sign-in").text


def test_whoever_has_finished_leaves_nothing(shared, session):
    receipt = send(shared)
    assert "imprimez cette page" in receipt.words()
    response = shared.client.post("/done", data={"csrf_token": token(receipt)})
    assert response.status_code == 303
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Max-Age=0" in cookies(response)["device"]
    assert "Un secret." not in shared.get("/follow-up").text
    send(shared, "De quelqu'un d'autre.")
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Contribution)) == 2
    assert shared.get("/").forms("/done")


def test_the_device_is_known_only_while_the_browser_is_open(shared):
    page = shared.get(HERE)
    data = {"csrf_token": token(page), "value": "Je"}
    response = shared.client.post(f"{HERE}/draft", data=data)
    assert "Max-Age" not in cookies(response)["device"]
    shared.client.delete_cookie("session")
    assert "Je</textarea>" not in shared.get(HERE).text


def test_whoever_left_is_forgotten_after_ten_minutes_without_scripts(shared, wait):
    send(shared)
    begin(shared, "Ma suite.", 2)
    wait(minutes=9)
    assert "Un secret." in shared.get("/follow-up").text
    wait(minutes=9, seconds=30)
    assert "Un secret." in shared.get("/follow-up").text
    wait(minutes=10, seconds=1)
    page = shared.get("/follow-up")
    assert "Un secret." not in page.text
    assert "repart de zéro" in page.words()
    assert "device" in cookies(page.response)
    assert "Ma suite." not in shared.get(HERE[:-1] + "2").text
    assert "repart de zéro" not in shared.get("/").words()


def test_a_number_given_is_forgotten_too(shared, session, make, wait):
    home = shared.again()
    send(home)
    number = session.scalars(select(Contribution.tracking_number)).one()
    shared.submit(shared.get("/follow-up"), "/follow-up", number=number)
    assert "Un secret." in shared.get("/follow-up").text
    wait(minutes=11)
    assert "Un secret." not in shared.get("/follow-up").text


def test_leaving_late_is_leaving(shared, wait):
    receipt = send(shared)
    wait(hours=3)
    response = shared.client.post("/done", data={"csrf_token": token(receipt), "sure": "1"})
    assert (response.status_code, response.headers["Location"]) == (303, "/")
    assert "cache" in response.headers["Clear-Site-Data"]
    assert "Un secret." not in shared.get("/follow-up").text


def test_another_computer_waits(browser, asked, wait):
    send(browser)
    wait(hours=10)
    assert "Un secret." in browser.get("/follow-up").text


def test_a_session_is_over_too(shared, session, make, wait):
    shared.as_(make.account())
    assert shared.get("/account").url == "/account"
    wait(minutes=11)
    assert shared.get("/account").url.endswith("/sign-in")
    session.rollback()
    assert session.scalars(select(AccountSession.revoked_at)).one() is not None


def test_switching_on_signs_out(browser, make):
    browser.as_(make.account())
    browser.submit(browser.get(PAGE), PAGE, button=("shared", "on"))
    assert browser.get("/account").url.endswith("/sign-in")


def test_what_was_typed_for_long_is_given_back(shared, wait):
    page = shared.get(HERE)
    begin(shared)
    wait(minutes=20)
    page = shared.submit(page, f"{HERE}/send", value="Tapé longtemps.")
    assert page.status == 400
    assert "Tapé longtemps." in page.text


def test_whoever_began_is_told_before_it_is_lost(shared, session):
    begin(shared)
    page = shared.submit(shared.get("/"), "/done")
    assert "Un secret." in page.text and "perdu" in page.words()
    assert "Un secret." in shared.get(HERE).text
    page = shared.submit(shared.submit(shared.get("/"), "/done"), "/done", button=("sure", "1"))
    assert "C'est fait" in page.words() or "C’est fait" in page.words()
    assert "Un secret." not in shared.get(HERE).text


def test_a_text_begun_waits_behind_the_tracking_number_alone(shared, session):
    send(shared)
    begin(shared, "Ma suite.", 2)
    number = session.scalars(select(Contribution.tracking_number)).one()
    page = shared.submit(shared.get("/"), "/done")
    assert number in page.words() and "Ma suite." in page.text
    shared.post("/done", {"csrf_token": token(page), "sure": "1"})
    contribution = session.scalars(select(Contribution)).one()
    path = f"/follow-up/{contribution.id}"
    page = shared.get("/")
    assert shared.post(f"{path}/drafts", {"csrf_token": token(page)}).status == 404
    home = shared.again()
    page = home.submit(home.get("/follow-up"), "/follow-up", number=number)
    assert "Ma suite." not in page.text
    page = home.submit(page, f"{path}/drafts")
    assert page.url.endswith("/questions/1-2") and "Ma suite." in page.text
    assert not home.get(path).forms(f"{path}/drafts")
    assert home.post(f"{path}/drafts", {"csrf_token": token(page)}).status == 404
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Draft)) == 1


def test_an_account_is_not_told_its_drafts_are_kept(shared, make):
    shared.as_(make.account())
    begin(shared)
    assert "C'est fait" in shared.submit(shared.get("/"), "/done").words().replace("’", "'")
